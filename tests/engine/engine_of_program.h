// The engine with the tables and models in the program, and a text coded by it.
#pragma once

#include <gtest/gtest.h>

#include "base/embedded.h"
#include "engine/engine.h"

namespace legation {

inline const Engine& engine() {
  static const Engine* loaded = [] {
    static const Resources resources = Resources::embedded(embedded_files());
    auto result = Engine::load(resources);
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().what);
    return new Engine(std::move(result).value());
  }();
  return *loaded;
}

/// `text` as written on 2025-05-07.
inline CodedDocument coded(const std::string& text) {
  CodedDocument document;
  document.document.published = Date::from_civil(2025, 5, 7);
  document.document.set_parts("", text);
  Engine::Workspace workspace;
  engine().code(document, workspace);
  return document;
}

}  // namespace legation
