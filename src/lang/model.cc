// Checks a model file and lays views over its sections. Door: LanguageModel::view().
#include "lang/model.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>
#include <utility>

namespace legation {
namespace {

using Sections = std::map<Section, std::string_view>;

Error damaged(const char* what) { return {Error::Code::bad_format, std::string("language model: ") + what}; }

Result<ModelHeader> check_header(std::string_view bytes) {
  ModelHeader header;
  if (bytes.size() < sizeof(header)) return damaged("shorter than its header");
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (header.magic != model_magic) return damaged("is no language model");
  if (header.version > model_version) return Error{Error::Code::newer_version, "language model: made for a newer program"};
  if (header.version < model_version) return damaged("made for an older program");
  if (header.size != bytes.size()) return damaged("cut off");
  if (XXH3_64bits(bytes.data() + sizeof(header), bytes.size() - sizeof(header)) != header.checksum) {
    return damaged("checksum does not match");
  }
  return header;
}

Result<Sections> read_sections(std::string_view bytes, const ModelHeader& header) {
  Sections sections;
  if ((bytes.size() - sizeof(header)) / sizeof(SectionEntry) < header.sections) return damaged("section list cut off");
  for (std::uint32_t i = 0; i < header.sections; ++i) {
    SectionEntry entry;
    std::memcpy(&entry, bytes.data() + sizeof(header) + i * sizeof(entry), sizeof(entry));
    const bool inside = entry.offset <= bytes.size() && entry.size <= bytes.size() - entry.offset;
    if (!inside || entry.offset % model_alignment != 0) return damaged("a section lies outside the file");
    sections[static_cast<Section>(entry.section)] = bytes.substr(entry.offset, entry.size);
  }
  return sections;
}

/// Lines of a text section; the last line ends with '\n' too.
std::vector<std::string_view> lines(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string_view cut_cell(std::string_view& line) {
  const std::size_t tab = std::min(line.find('\t'), line.size());
  const std::string_view cell = line.substr(0, tab);
  line.remove_prefix(std::min(tab + 1, line.size()));
  return cell;
}

Status read_tags(std::string_view text, std::vector<Tag>& tags) {
  for (std::string_view line : lines(text)) {
    const auto upos = parse_upos(cut_cell(line));
    if (!upos) return damaged("unknown part of speech");
    tags.push_back({*upos, line});
  }
  return success();
}

Status read_rules(std::string_view text, std::vector<LemmaRule>& rules, std::optional<std::size_t>& unchanged) {
  for (std::string_view line : lines(text)) {
    LemmaRule rule;
    const std::string_view letter_case = cut_cell(line), strip = cut_cell(line);
    if (letter_case.size() != 1 || letter_case[0] < '0' || letter_case[0] > '2') return damaged("bad lemma rule");
    rule.letter_case = static_cast<LemmaRule::Case>(letter_case[0] - '0');
    std::from_chars(strip.data(), strip.data() + strip.size(), rule.strip);
    rule.append = line;
    if (rule.letter_case == LemmaRule::Case::lower && rule.strip == 0 && rule.append.empty()) unchanged = rules.size();
    rules.push_back(rule);
  }
  return success();
}

Status read_feats_by_tag(std::string_view section, LanguageModel& model) {
  const std::size_t begins = model.tags.size() + 1;
  if (section.size() < begins * sizeof(std::uint32_t)) return damaged("feature rows cut off");
  model.feats_begin = {reinterpret_cast<const std::uint32_t*>(section.data()), begins};
  const std::string_view rest = section.substr(begins * sizeof(std::uint32_t));
  model.feats_rows = {reinterpret_cast<const std::uint16_t*>(rest.data()), rest.size() / sizeof(std::uint16_t)};
  for (std::size_t i = 0; i + 1 < begins; ++i) {
    if (model.feats_begin[i] > model.feats_begin[i + 1]) return damaged("feature rows out of order");
  }
  if (model.feats_begin[begins - 1] > model.feats_rows.size()) return damaged("feature rows cut off");
  for (std::uint16_t row : model.feats_rows) {
    if (row >= model.feats.size()) return damaged("unknown feature row");
  }
  return success();
}

/// "froze" is "freeze": cut off three bytes, append "eeze".
Status read_irregular_verbs(std::string_view text, LanguageModel& model) {
  bool head = true;
  for (std::string_view line : lines(text)) {
    if (line.empty() || line.front() == '#') continue;
    if (std::exchange(head, false)) continue;
    const std::string_view form = cut_cell(line), lemma = line;
    if (form.empty() || lemma.empty()) return damaged("bad irregular verb");
    const auto same = static_cast<std::size_t>(std::ranges::mismatch(form, lemma).in1 - form.begin());
    model.irregular_verbs.emplace(form, static_cast<std::uint32_t>(model.lemma_rules.size()));
    model.lemma_rules.push_back({LemmaRule::Case::lower, static_cast<std::uint32_t>(form.size() - same), lemma.substr(same)});
  }
  return success();
}

void match_lemma_tags(LanguageModel& model) {
  for (const Tag& tag : model.tags) {
    std::size_t match = 0;
    for (std::size_t i = model.lemma_tags.size(); i-- > 0;) {
      const Tag& other = model.lemma_tags[i];
      if (other.upos == tag.upos && (model.lemma_tags[match].upos != tag.upos || model.lemma_tags[match].xpos != tag.xpos)) match = i;
    }
    model.lemma_tag_of.push_back(static_cast<std::uint16_t>(match));
  }
}

Status read_tables(Sections& sections, LanguageModel& model) {
  model.name = sections[Section::name];
  model.segment_tables = {sections[Section::abbreviations],     sections[Section::hyphen_prefixes], sections[Section::contractions],
                          sections[Section::sentence_starters], sections[Section::speech_verbs],    sections[Section::name_syllables]};
  if (auto status = read_tags(sections[Section::lemma_tags], model.lemma_tags); !status) return status;
  if (auto status = read_tags(sections[Section::tags], model.tags); !status) return status;
  match_lemma_tags(model);
  if (auto status = read_rules(sections[Section::lemma_rules], model.lemma_rules, model.unchanged); !status) return status;
  for (std::string_view line : lines(sections[Section::feats])) {
    model.feats.push_back({line, morph_bits(line)});
  }
  if (model.tags.empty() || model.lemma_tags.empty() || model.feats.empty() || model.lemma_rules.empty()) return damaged("a section is missing");
  for (std::string_view line : lines(sections[Section::verb_lemmas])) {
    if (!line.empty() && line.front() != '#') model.verb_lemmas.insert(line);
  }
  if (auto status = read_irregular_verbs(sections[Section::irregular_verbs], model); !status) return status;
  auto lemmas = HashedTable<KnownLemma>::view(sections[Section::lemma_known]);
  if (!lemmas) return lemmas.error();
  model.known_lemmas = lemmas.value();
  return read_feats_by_tag(sections[Section::feats_by_tag], model);
}

Status read_encoder(Sections& sections, LanguageModel& model) {
  std::vector<Deprel> deprels;
  for (std::string_view line : lines(sections[Section::encoder_deprels])) {
    const auto deprel = parse_deprel(line);
    if (!deprel) return damaged("unknown relation");
    deprels.push_back(*deprel);
  }
  auto rows = HashedTable<WordRow>::view(sections[Section::encoder_words]);
  if (!rows) return rows.error();
  std::vector<std::uint16_t> verbs;
  for (std::size_t i = 0; i < model.tags.size(); ++i) {
    if (model.tags[i].upos == Upos::VERB) verbs.push_back(static_cast<std::uint16_t>(i));
  }
  auto encoder = Encoder::view(sections[Section::encoder], rows.value(), std::move(deprels), {model.feats_begin, model.feats_rows}, std::move(verbs));
  if (!encoder) return encoder.error();
  if (encoder.value().sizes().feats != model.feats.size()) return damaged("encoder: its FEATS do not fit");
  model.encoder = std::move(encoder).value();
  return success();
}

Status read_linear(std::string_view section, std::size_t classes, SparseLinear& out) {
  auto model = SparseLinear::view(section);
  if (!model) return model.error();
  if (model.value().classes() != classes) return damaged("number of classes does not fit");
  out = model.value();
  return success();
}

}  // namespace

Result<LanguageModel> LanguageModel::view(std::string_view bytes) {
  if (reinterpret_cast<std::uintptr_t>(bytes.data()) % 8 != 0) return damaged("bytes are not aligned");
  auto header = check_header(bytes);
  if (!header) return header.error();
  auto sections = read_sections(bytes, header.value());
  if (!sections) return sections.error();
  LanguageModel model;
  model.checksum = header.value().checksum;
  Sections& at = sections.value();
  if (auto status = read_tables(at, model); !status) return status.error();
  if (auto status = read_encoder(at, model); !status) return status.error();
  if (auto status = read_linear(at[Section::lemmatizer], model.lemma_rules.size() - model.irregular_verbs.size(), model.lemmatizer); !status)
    return status.error();
  return model;
}

}  // namespace legation
