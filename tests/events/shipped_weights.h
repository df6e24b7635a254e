// The weights of the choosers that the program carries.
#pragma once

#include <gtest/gtest.h>

#include <string_view>

#include "base/embedded.h"
#include "base/resources.h"

namespace legation {

inline constexpr std::size_t scorer_vector = 432;  ///< numbers a word has in models/events/scorer.bin

inline std::string_view shipped(const char* file) {
  static const Resources resources = Resources::embedded(embedded_files());
  const auto bytes = resources.file(file);
  EXPECT_TRUE(bytes.ok()) << file;
  return bytes.ok() ? bytes.value() : std::string_view();
}

}  // namespace legation
