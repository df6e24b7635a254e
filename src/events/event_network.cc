#include "events/event_network.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

#include "lang/model_file.h"
#include "lang/tensor_reader.h"
#include "lang/word_features.h"

namespace legation {
namespace {

constexpr std::uint32_t known_version = 3;
constexpr std::size_t event_roles = EventNetwork::speaker + 1;  // those a party can have in an event

Error damaged(const char* what) { return {Error::Code::bad_format, std::string("scorer of events: ") + what}; }

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool fits(const EventNetwork::Sizes& s) {
  const auto between = [](std::uint32_t value, std::uint32_t low, std::uint32_t high) { return value >= low && value <= high; };
  return between(s.width, 4, 4096) && s.width % 4 == 0 && s.features >= EventFeatureRows::count && s.features < 65536 && between(s.feature_size, 4, 256) &&
         s.feature_size % 4 == 0 && s.word_size <= 1024 && s.word_size % 4 == 0 && between(s.sectors, 1, 256) && between(s.lstm, 16, 1024) &&
         s.lstm % 16 == 0 && between(s.hidden, 16, 1024) && s.hidden % 16 == 0 && s.types == event_type_count + 1 && between(s.modes, 1, 512) && s.flags == 4 &&
         s.roles == EventNetwork::roles && between(s.role_size, 32, 256) && s.role_size % 32 == 0 && s.paths == PairFeatures::paths &&
         s.distances == PairFeatures::distances && s.names < 65536;
}

void softmax(const float* scores, std::size_t count, float* out) {
  const float top = *std::max_element(scores, scores + count);
  float sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += out[i] = std::exp(scores[i] - top);
  for (std::size_t i = 0; i < count; ++i) out[i] /= sum;
}

template <class Item>
void grow(std::vector<Item>& items, std::size_t size) {
  if (items.size() < size) items.resize(size);
}

}  // namespace

Result<EventNetwork> EventNetwork::view(std::string_view bytes, std::string_view words) {
  const auto file = open_model_file(bytes, "LGE1", known_version, "scorer of events");
  if (!file.ok()) return file.error();
  const std::string_view body = file.value().body;
  EventNetwork n;
  n.checksum_ = file.value().checksum;
  if (body.size() < sizeof(Sizes)) return damaged("cut off");
  std::memcpy(&n.sizes_, body.data(), sizeof(Sizes));
  const Sizes& s = n.sizes_;
  if (!fits(s)) return damaged("its sizes do not fit");
  TensorReader tensors(body, sizeof(Sizes));
  const auto* names = reinterpret_cast<const char*>(tensors.take<std::int8_t>(s.names));
  n.features_ = tensors.take<std::int8_t>(std::size_t{s.features} * s.feature_size);
  if (s.word_size > 0) {
    auto vectors = WordVectors::view(words);
    if (!vectors.ok()) return vectors.error();
    n.words_ = std::move(vectors).value();
    if (n.words_.size() != s.word_size) return damaged("made for other word vectors");
  }
  const std::size_t input = s.width + n.own_size();
  for (LstmDirection& d : n.lstm_) tensors.split_matrix(4 * s.lstm, input + s.lstm, input, d.input, d.recurrent);
  const std::size_t head = n.head_size();
  n.hidden_ = tensors.matrix(s.hidden, head);
  n.type_ = tensors.matrix(s.types, s.hidden);
  n.mode_ = tensors.matrix(s.modes, s.hidden);
  n.flag_ = tensors.matrix(s.flags, s.hidden);
  n.trigger_ = tensors.matrix(s.roles * s.role_size, head);
  n.party_ = tensors.matrix(s.roles * s.role_size, head);
  n.sector_hidden_ = tensors.matrix(s.role_size, head);
  n.sector_ = tensors.matrix(s.sectors, s.role_size);
  n.scale_ = tensors.take<float>(s.roles);
  n.rule_ = tensors.take<float>(4 * s.roles);
  n.path_ = tensors.take<float>(std::size_t{s.paths} * s.roles);
  n.distance_ = tensors.take<float>(std::size_t{s.distances} * s.roles);
  n.place_ = tensors.take<float>(event_type_count * event_roles * s.sectors);
  if (!tensors.ok()) return damaged("its tensors do not fill the file or are no sound numbers");
  n.names_ = ChoiceNames(lines_of(std::string_view(names, s.names)));
  n.kernels_ = available_kernels().front();
  return n;
}

/// Leaves w.rows (padded) numbers a row in s.floats.
void EventNetwork::dense(const PackedMatrix& w, const std::int8_t* in, std::size_t rows, Scratch& s) const {
  grow(s.sums, rows * w.rows);
  grow(s.floats, rows * w.rows);
  kernels_->multiply(in, rows, w.columns, w, s.sums.data());
  kernels_->rescale(s.sums.data(), rows, w, s.floats.data());
}

void EventNetwork::run(std::span<const Text> texts, Scratch& s) const {
  s.order.clear();
  std::size_t words = 0;
  const auto run_gathered = [&] {
    if (!s.order.empty()) run_part(s);
    s.order.clear();
    words = 0;
  };
  for (const Text& text : texts) {
    const std::size_t tokens = text.parse->tokens.size();
    text.scores->types.resize(tokens * sizes_.types);
    text.scores->vectors.resize(tokens * head_size());
    text.scores->hidden.resize(tokens * sizes_.hidden);
    for (const Sentence& sentence : text.parse->sentences) {  // in parts, so that the scratch does not grow with the document
      if (sentence.tokens.size() == 0) continue;
      if (words + sentence.tokens.size() > part_words) run_gathered();
      s.order.emplace_back(&text, sentence.tokens);
      words += sentence.tokens.size();
    }
  }
  run_gathered();
}

/// Runs the sentences of s.order.
void EventNetwork::run_part(Scratch& s) const {
  const std::size_t own = own_size(), input = sizes_.width + own, head = head_size();
  std::ranges::stable_sort(s.order, [](const auto& a, const auto& b) { return a.second.size() > b.second.size(); });
  const std::size_t steps = s.order.front().second.size();
  s.active.assign(steps, 0);
  s.offset.assign(steps + 1, 0);
  for (std::size_t t = 0, lanes = s.order.size(); t < steps; ++t) {
    while (lanes > 0 && s.order[lanes - 1].second.size() <= t) --lanes;
    s.active[t] = static_cast<std::uint32_t>(lanes);
    s.offset[t + 1] = s.offset[t] + s.active[t];
  }
  const std::size_t rows = s.offset[steps];
  grow(s.input, rows * input);
  grow(s.output, rows * 2 * sizes_.lstm);
  grow(s.head, rows * head);
  grow(s.hidden, rows * sizes_.hidden);
  const auto each = [&](auto&& use) {
    for (std::size_t t = 0; t < steps; ++t)
      for (std::size_t lane = 0; lane < s.active[t]; ++lane) use(s.offset[t] + lane, *s.order[lane].first, s.order[lane].second.first + t);
  };
  each([&](std::size_t row, const Text& text, std::size_t token) {
    std::int8_t* to = s.input.data() + row * input;
    std::memcpy(to, text.parse->vectors.data() + token * sizes_.width, sizes_.width);
    for (std::size_t i = 0; i < sizes_.feature_size; ++i) {
      int sum = 0;
      for (const std::uint16_t feature : (*text.features)[token]) sum += features_[feature * sizes_.feature_size + i];
      to[sizes_.width + i] = static_cast<std::int8_t>(std::clamp(sum, -127, 127));
    }
    if (sizes_.word_size == 0) return;
    lower_case((*text.parse)[static_cast<std::uint32_t>(token)].form, s.lower);
    std::int8_t* word = to + sizes_.width + sizes_.feature_size;
    if (const std::int8_t* vector = words_.find(s.lower))
      std::memcpy(word, vector, sizes_.word_size);
    else
      std::memset(word, 0, sizes_.word_size);
  });
  run_lstm(*kernels_, lstm_, LstmBatch{s.active, s.offset}, s.input.data(), s.output.data(), s.lstm);
  for (std::size_t row = 0; row < rows; ++row) {
    std::memcpy(s.head.data() + row * head, s.output.data() + row * 2 * sizes_.lstm, 2 * sizes_.lstm);
    std::memcpy(s.head.data() + row * head + 2 * sizes_.lstm, s.input.data() + row * input + sizes_.width, own);
  }
  dense(hidden_, s.head.data(), rows, s);
  kernels_->tanh_int8(s.floats.data(), rows * sizes_.hidden, s.hidden.data());
  dense(type_, s.hidden.data(), rows, s);
  each([&](std::size_t row, const Text& text, std::size_t token) {
    Scores& out = *text.scores;
    std::memcpy(out.vectors.data() + token * head, s.head.data() + row * head, head);
    std::memcpy(out.hidden.data() + token * sizes_.hidden, s.hidden.data() + row * sizes_.hidden, sizes_.hidden);
    softmax(s.floats.data() + row * type_.rows, sizes_.types, out.types.data() + token * sizes_.types);
  });
}

void EventNetwork::describe(const Scores& scores, std::uint32_t trigger, std::vector<float>& modes, std::array<float, 4>& flags, Scratch& s) const {
  const std::int8_t* hidden = scores.hidden.data() + std::size_t{trigger} * sizes_.hidden;
  dense(mode_, hidden, 1, s);
  modes.assign(s.floats.begin(), s.floats.begin() + sizes_.modes);
  dense(flag_, hidden, 1, s);
  std::copy_n(s.floats.begin(), flags.size(), flags.begin());
}

void EventNetwork::sectors(const Scores& scores, std::uint32_t party, Place place, std::vector<float>& out, Scratch& s) const {
  dense(sector_hidden_, scores.vectors.data() + party * head_size(), 1, s);
  grow(s.some, sector_hidden_.rows);
  kernels_->tanh_int8(s.floats.data(), sector_hidden_.rows, s.some.data());
  dense(sector_, s.some.data(), 1, s);
  out.resize(sizes_.sectors);
  const float* by_place = place_ + (static_cast<std::size_t>(place.type) * event_roles + place.role) * sizes_.sectors;
  for (std::size_t i = 0; i < sizes_.sectors; ++i) s.floats[i] += by_place[i];
  softmax(s.floats.data(), sizes_.sectors, out.data());
}

void EventNetwork::judge(const Scores& scores, std::uint32_t trigger, std::span<const PairFeatures> pairs, std::vector<std::array<float, roles>>& out,
                         Scratch& s) const {
  const std::size_t head = head_size(), width = trigger_.rows;
  out.resize(pairs.size());
  if (pairs.empty()) return;
  dense(trigger_, scores.vectors.data() + trigger * head, 1, s);
  grow(s.trigger, width);
  kernels_->tanh_int8(s.floats.data(), width, s.trigger.data());
  grow(s.some, pairs.size() * head);
  for (std::size_t i = 0; i < pairs.size(); ++i) std::memcpy(s.some.data() + i * head, scores.vectors.data() + pairs[i].other * head, head);
  dense(party_, s.some.data(), pairs.size(), s);
  grow(s.party, pairs.size() * width);
  kernels_->tanh_int8(s.floats.data(), pairs.size() * width, s.party.data());
  for (std::size_t i = 0; i < pairs.size(); ++i)
    for (std::size_t role = 0; role < roles; ++role) {
      const std::int32_t product =
          kernels_->dot(s.trigger.data() + role * sizes_.role_size, s.party.data() + i * width + role * sizes_.role_size, sizes_.role_size);
      out[i][role] = scale_[role] * static_cast<float>(product) / (127.0f * 127.0f) + rule_[pairs[i].rule * roles + role] +
                     path_[std::size_t{pairs[i].path} * roles + role] + distance_[pairs[i].distance * roles + role];
    }
}

}  // namespace legation
