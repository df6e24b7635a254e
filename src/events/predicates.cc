#include "events/predicates.h"

#include <algorithm>

#include "base/table.h"

namespace legation {
namespace {

constexpr std::string_view slot_names[] = {"subj",    "obj",     "iobj",    "prt",    "mod",       "xcomp",     "ccomp", "advcl",   "by",     "to",
                                           "with",    "against", "on",      "from",   "for",       "in",        "at",    "over",    "into",   "between",
                                           "towards", "about",   "of",      "after",  "under",     "as",        "among", "through", "upon",   "around",
                                           "near",    "before",  "during",  "behind", "off",       "out",       "onto",  "across",  "within", "without",
                                           "until",   "since",   "despite", "inside", "outside",   "amid",      "along", "above",   "below",  "beyond",
                                           "like",    "via",     "per",     "versus", "alongside", "regarding", "owner", "site",    "victims"};

constexpr std::string_view condition_kinds[] = {"any", "actor", "state", "person", "organisation", "place", "armed", "nonactor", "number"};
constexpr std::string_view symmetries[] = {"no", "yes", "sides", "split"};
constexpr std::string_view scope_kinds[] = {"report", "hedge", "modal", "conditional", "negation", "doubt", "expect", "quote", "stative"};
constexpr std::string_view argument_sources[] = {"op.actor", "op.addressee", "content.actor", "content.recipient"};

template <class Array>
std::optional<std::size_t> position(const Array& names, std::string_view name) {
  const auto found = std::find(std::begin(names), std::end(names), name);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<std::size_t>(found - std::begin(names));
}

std::optional<std::size_t> pos_index(Upos upos) {
  switch (upos) {
    case Upos::VERB:
      return 0;
    case Upos::NOUN:
      return 1;
    case Upos::ADJ:
      return 2;
    default:
      return std::nullopt;
  }
}

/// A condition that says by whom or what a slot is filled tells more than one that only asks whether it is.
std::size_t specificity(const PredicateEntry& entry) {
  std::size_t sum = 0;
  for (const Condition& condition : entry.needs) sum += condition.lemma_set.empty() && condition.kind == Condition::Kind::any ? 2 : 3;
  return sum;
}

}  // namespace

std::optional<Slot> parse_slot(std::string_view name) {
  if (name == "toward") name = "towards";
  if (const auto at = position(slot_names, name)) return static_cast<Slot>(*at);
  return std::nullopt;
}

std::optional<Slot> preposition_slot(std::string_view lemma) {
  static const std::unordered_map<std::string_view, Slot> prepositions = [] {
    std::unordered_map<std::string_view, Slot> map;
    for (std::size_t at = static_cast<std::size_t>(Slot::by); at < std::size(slot_names); ++at)
      if (static_cast<Slot>(at) < Slot::owner) map.emplace(slot_names[at], static_cast<Slot>(at));
    map.emplace("toward", Slot::towards);
    return map;
  }();
  const auto found = prepositions.find(lemma);
  if (found == prepositions.end()) return std::nullopt;
  return found->second;
}

std::string user_predicates_path(std::size_t number, std::string_view file) {
  const std::string digits = std::to_string(number);
  return std::string(user_predicates_prefix) + (digits.size() < 2 ? "0" : "") + digits + "/" + std::string(file.substr(file.rfind('/') + 1));
}

std::string_view name(Slot slot) { return slot_names[static_cast<std::size_t>(slot)]; }

/// Reads one table after the other; the first fault stops it and is the answer.
struct Predicates::Loader {
  const Resources& resources;
  Predicates predicates{};
  std::optional<Error> fault{};

  template <class RowReader>
  void read(std::string_view file, const std::vector<std::string_view>& columns, RowReader row_reader) {
    if (fault) return;
    const std::string path = "data/predicates/" + std::string(file);
    const auto bytes = resources.file(path);
    if (!bytes.ok()) return void(fault = bytes.error());
    auto table = Table::read(path, bytes.value(), columns);
    if (!table.ok()) return void(fault = table.error());
    for (std::size_t row = 0; row < table.value().rows() && !fault; ++row) row_reader(table.value(), row);
  }

  void wrong(const Table& table, std::size_t row, const std::string& what) {
    if (!fault) fault = table.fault(row, what);
  }

  std::vector<Slot> slots(const Table& table, std::size_t row, std::string_view cell) {
    std::vector<Slot> slots;
    for (std::string_view piece : split_list(cell, ' ')) {
      if (const auto slot = parse_slot(piece))
        slots.push_back(*slot);
      else
        wrong(table, row, "\"" + std::string(piece) + "\" is no slot");
    }
    return slots;
  }

  Condition condition(const Table& table, std::size_t row, std::string_view text) {
    Condition condition{};
    if (text.starts_with('!')) {
      condition.absent = true;
      text.remove_prefix(1);
    }
    const std::size_t mark = text.find_first_of(":@");
    const auto slot = parse_slot(trim(text.substr(0, mark)));
    if (!slot) wrong(table, row, "\"" + std::string(text) + "\" names no slot");
    condition.slot = slot.value_or(Slot::obj);
    if (mark == std::string_view::npos) return condition;
    const std::string_view value = trim(text.substr(mark + 1));
    if (text[mark] == '@') {
      if (const auto kind = position(condition_kinds, value))
        condition.kind = static_cast<Condition::Kind>(*kind);
      else
        wrong(table, row, "\"" + std::string(value) + "\" is no kind of filler");
      return condition;
    }
    for (std::string_view lemma : split_list(value, '|')) expand(table, row, lemma, condition);
    return condition;
  }

  void expand(const Table& table, std::size_t row, std::string_view lemma, Condition& condition) {
    condition.lemmas.push_back(lemma);
    if (!lemma.starts_with('$')) return void(condition.lemma_set.insert(lemma));
    const auto found = predicates.classes_.find(lemma.substr(1));
    if (found == predicates.classes_.end()) return wrong(table, row, "\"" + std::string(lemma) + "\" is not in classes.tsv");
    condition.lemma_set.insert(found->second.begin(), found->second.end());
  }

  std::vector<Condition> conditions(const Table& table, std::size_t row, std::string_view cell) {
    std::vector<Condition> conditions;
    for (std::string_view piece : split_list(cell, '&')) conditions.push_back(condition(table, row, piece));
    return conditions;
  }

  std::uint16_t frame(const Table& table, std::size_t row, std::string_view name) {
    for (std::size_t at = 0; at < predicates.frames_.size(); ++at)
      if (predicates.frames_[at].name == name) return static_cast<std::uint16_t>(at);
    wrong(table, row, "frame \"" + std::string(name) + "\" is not in frames.tsv");
    return 0;
  }

  Upos upos(const Table& table, std::size_t row, std::string_view name) {
    const auto upos = parse_upos(name);
    if (!upos || !pos_index(*upos)) wrong(table, row, "pos is VERB, NOUN or ADJ, not \"" + std::string(name) + "\"");
    return upos.value_or(Upos::VERB);
  }

  /// A PLOVER type or a pseudo type; a new pseudo type is made by being named in contents.tsv.
  MeaningCode meaning(std::string_view name, bool may_create) {
    if (name == "-") return meaning_blocked;
    if (const auto type = parse_event_type(name)) return static_cast<MeaningCode>(*type);
    auto at = std::find(predicates.pseudo_.begin(), predicates.pseudo_.end(), name);
    if (at == predicates.pseudo_.end()) {
      if (!may_create) return meaning_none;
      at = predicates.pseudo_.insert(at, name);
    }
    return static_cast<MeaningCode>(event_type_count + static_cast<std::size_t>(at - predicates.pseudo_.begin()));
  }

  std::uint8_t flags(const Table& table, std::size_t row, std::string_view cell) {
    std::uint8_t flags = 0;
    for (std::string_view piece : split_list(cell)) {
      if (const auto flag = parse_auxiliary(piece))
        flags |= *flag;
      else
        wrong(table, row, "\"" + std::string(piece) + "\" is no auxiliary mode");
    }
    return flags;
  }

  ArgumentRule arguments(const Table& table, std::size_t row, std::string_view cell) {
    ArgumentRule rule;
    for (std::string_view alternative : split_list(cell)) {
      auto& joined = rule.alternatives.emplace_back();
      for (std::string_view piece : split_list(alternative, '+')) {
        if (const auto at = position(argument_sources, piece))
          joined.push_back(static_cast<ArgumentSource>(*at));
        else
          wrong(table, row, "\"" + std::string(piece) + "\" is no argument");
      }
    }
    return rule;
  }

  void load_frames() {
    read("frames.tsv", {"frame", "actor", "recipient", "symmetric"}, [&](const Table& table, std::size_t row) {
      const auto symmetry = position(symmetries, table.cell(row, 3));
      if (!symmetry) wrong(table, row, "symmetric is no, yes, sides or split");
      predicates.frames_.push_back({table.cell(row, 0), slots(table, row, table.cell(row, 1)), slots(table, row, table.cell(row, 2)),
                                    static_cast<Frame::Symmetry>(symmetry.value_or(0))});
    });
  }

  void load_classes() {
    read("classes.tsv", {"class", "lemmas"}, [&](const Table& table, std::size_t row) {
      auto& lemmas = predicates.classes_[table.cell(row, 0)];
      for (std::string_view lemma : split_list(table.cell(row, 1))) lemmas.push_back(lemma);
    });
  }

  const std::vector<std::string_view> content_columns = {"lemma", "pos", "type", "modes", "frame", "needs", "contexts", "alone"};
  const std::vector<std::string_view> operator_columns = {"lemma", "pos", "operator", "frame", "complement", "needs", "alone"};

  void load_contents() {
    read("contents.tsv", content_columns, [&](const Table& table, std::size_t row) { add_content(table, row, false); });
  }

  void load_operators() {
    read("operator_names.tsv", {"operator"}, [&](const Table& table, std::size_t row) { predicates.operators_.push_back(table.cell(row, 0)); });
    read("operators.tsv", operator_columns, [&](const Table& table, std::size_t row) { add_operator(table, row, false); });
  }

  /// Of a user's row that names none: who does it to whom.
  static constexpr std::string_view default_frame = "does-to";

  void add_content(const Table& table, std::size_t row, bool user) {
    PredicateEntry entry;
    entry.user = user;
    entry.lemma = table.cell(row, 0);
    entry.upos = upos(table, row, table.cell(row, 1));
    entry.meaning = user ? known_meaning(table, row, table.cell(row, 2)) : meaning(table.cell(row, 2), true);
    entry.modes = split_list(table.cell(row, 3));
    const std::string_view frame_name = user && table.cell(row, 4).empty() ? default_frame : table.cell(row, 4);
    entry.frame = entry.meaning == meaning_blocked ? 0 : frame(table, row, frame_name);
    entry.needs = conditions(table, row, table.cell(row, 5));
    entry.contexts = split_list(table.cell(row, 6));
    entry.alone = table.cell(row, 7) != "no";
    entry.place = table.place(row);
    add(std::move(entry));
  }

  void add_operator(const Table& table, std::size_t row, bool user) {
    PredicateEntry entry;
    entry.user = user;
    entry.is_operator = true;
    entry.lemma = table.cell(row, 0);
    entry.upos = upos(table, row, table.cell(row, 1));
    entry.op = operator_code(table, row, table.cell(row, 2));
    entry.frame = frame(table, row, table.cell(row, 3));
    entry.complements = slots(table, row, table.cell(row, 4));
    entry.needs = conditions(table, row, table.cell(row, 5));
    entry.alone = table.cell(row, 6) != "no";
    entry.place = table.place(row);
    add(std::move(entry));
  }

  /// A user's row may not make a pseudo type: a slip of the pen would.
  MeaningCode known_meaning(const Table& table, std::size_t row, std::string_view name) {
    const MeaningCode code = meaning(name, false);
    if (code == meaning_none) wrong(table, row, "\"" + std::string(name) + "\" is neither a type nor a pseudo type of contents.tsv");
    return code;
  }

  /// A user's files: rows as in contents.tsv or, where the header has a column "operator", as in operators.tsv.
  void load_user_rows() {
    for (const std::string& name : resources.names(user_predicates_prefix)) {
      const std::string file = name.substr(user_predicates_prefix.size() + 3);  // without "NN/"
      const std::string_view bytes = resources.file(name).value();
      const std::string_view header = bytes.substr(0, bytes.find('\n'));
      const bool operators = ("\t" + std::string(header) + "\t").find("\toperator\t") != std::string::npos;
      const std::vector<std::string_view>& columns = operators ? operator_columns : content_columns;
      const auto table = Table::read(file, bytes, {columns.begin(), columns.begin() + 3}, {columns.begin() + 3, columns.end()});
      if (!table.ok()) return void(fault = table.error());
      for (std::size_t row = 0; row < table.value().rows() && !fault; ++row)
        operators ? add_operator(table.value(), row, true) : add_content(table.value(), row, true);
    }
  }

  std::uint8_t operator_code(const Table& table, std::size_t row, std::string_view name) {
    const auto at = position(predicates.operators_, name);
    if (!at) wrong(table, row, "operator \"" + std::string(name) + "\" is not in operator_names.tsv");
    return static_cast<std::uint8_t>(at.value_or(0));
  }

  void add(PredicateEntry entry) {
    if (fault) return;
    predicates.entries_[*pos_index(entry.upos)][entry.lemma].push_back(std::move(entry));
  }

  void load_composition() {
    predicates.composition_.resize(predicates.operators_.size());
    read("composition.tsv", {"operator", "content", "type", "modes", "actor", "recipient", "auxiliary", "content_event", "who"},
         [&](const Table& table, std::size_t row) {
           CompositionRow composed;
           composed.op = operator_code(table, row, table.cell(row, 0));
           read_content(table, row, composed);
           composed.keeps_type = table.cell(row, 2) == "=";
           composed.result = composed.keeps_type ? meaning_none : meaning(table.cell(row, 2), false);
           if (!composed.keeps_type && composed.result == meaning_none) wrong(table, row, "\"" + std::string(table.cell(row, 2)) + "\" is no type");
           composed.keeps_modes = table.cell(row, 3) == "=";
           if (!composed.keeps_modes) composed.modes = split_list(table.cell(row, 3));
           composed.actor = arguments(table, row, table.cell(row, 4));
           composed.recipient = arguments(table, row, table.cell(row, 5));
           composed.auxiliary = flags(table, row, table.cell(row, 6));
           const std::string_view content_event = table.cell(row, 7);
           composed.keeps_content = !content_event.empty() && content_event != "drop";
           if (composed.keeps_content && content_event != "keep") composed.content_auxiliary = flags(table, row, content_event);
           const std::string_view who = table.cell(row, 8);
           if (!who.empty() && who != "own" && who != "other") wrong(table, row, "who is own, other or empty");
           composed.doer = who == "own" ? CompositionRow::Doer::own : who == "other" ? CompositionRow::Doer::other : CompositionRow::Doer::any;
           composed.place = table.place(row);
           if (!fault) predicates.composition_[composed.op].push_back(std::move(composed));
         });
  }

  void read_content(const Table& table, std::size_t row, CompositionRow& composed) {
    const std::string_view cell = table.cell(row, 1);
    composed.any_content = cell == "*";
    composed.no_content = cell == "none";
    if (composed.any_content || composed.no_content) return;
    const std::size_t slash = cell.find('/');
    composed.content = meaning(cell.substr(0, slash), false);
    if (composed.content == meaning_none) wrong(table, row, "content \"" + std::string(cell) + "\" is neither type nor pseudo type");
    if (slash != std::string_view::npos) composed.content_mode = cell.substr(slash + 1);
  }

  void load_scope() {
    read("scope.tsv", {"lemma", "pos", "kind", "auxiliary", "needs"}, [&](const Table& table, std::size_t row) {
      ScopeRow scope;
      scope.lemma = table.cell(row, 0);
      if (const std::string_view pos = table.cell(row, 1); !pos.empty() && pos != "*") scope.upos = parse_upos(pos);
      std::string_view kind = table.cell(row, 2);
      scope.hedged = kind.find("hedge") != std::string_view::npos;
      const auto kinds = split_list(kind);
      const auto at = position(scope_kinds, kinds.empty() ? kind : kinds.front());
      if (!at) wrong(table, row, "\"" + std::string(kind) + "\" is no kind of scope");
      scope.kind = static_cast<ScopeRow::Kind>(at.value_or(0));
      scope.auxiliary = flags(table, row, table.cell(row, 3));
      scope.needs = conditions(table, row, table.cell(row, 4));
      scope.place = table.place(row);
      predicates.scope_[scope.lemma].push_back(std::move(scope));
    });
  }

  void load_small_tables() {
    read("light.tsv", {"lemma"}, [&](const Table& table, std::size_t row) { predicates.light_.insert(table.cell(row, 0)); });
    read("auxiliary.tsv", {"auxiliary", "type", "result_type", "result_modes", "keep_flag"},
         [&](const Table& table, std::size_t row) { read_auxiliary(table, row); });
    read("claims.tsv", {"lemma", "pos", "property", "needs", "frame"}, [&](const Table& table, std::size_t row) {
      ClaimRow claim;
      claim.lemma = table.cell(row, 0);
      claim.upos = upos(table, row, table.cell(row, 1));
      claim.property = table.cell(row, 2);
      claim.needs = conditions(table, row, table.cell(row, 3));
      claim.frame = frame(table, row, table.cell(row, 4));
      claim.place = table.place(row);
      predicates.claims_[claim.lemma].push_back(std::move(claim));
    });
  }

  void read_auxiliary(const Table& table, std::size_t row) {
    AuxiliaryRow rule{};
    const auto flag = parse_auxiliary(table.cell(row, 0));
    const auto type = parse_event_type(table.cell(row, 1));
    const auto result = table.cell(row, 2) == "=" ? type : parse_event_type(table.cell(row, 2));
    if (!flag || !type || !result) return wrong(table, row, "needs an auxiliary mode and two PLOVER types");
    rule.auxiliary = *flag;
    rule.type = *type;
    rule.result = *result;
    rule.keeps_modes = table.cell(row, 3) == "=";
    if (!rule.keeps_modes) rule.modes = split_list(table.cell(row, 3));
    rule.keeps_flag = table.cell(row, 4) == "yes";
    rule.place = table.place(row);
    predicates.auxiliary_.push_back(std::move(rule));
  }

  void sort_by_specificity() {
    for (auto& by_lemma : predicates.entries_)
      for (auto& [lemma, entries] : by_lemma)
        std::stable_sort(entries.begin(), entries.end(),
                         [](const auto& a, const auto& b) { return a.user != b.user ? a.user : specificity(a) > specificity(b); });
  }
};

Result<Predicates> Predicates::load(const Resources& resources) {
  Loader loader{resources};
  loader.load_frames();
  loader.load_classes();
  loader.load_contents();
  loader.load_operators();
  loader.load_user_rows();
  loader.load_composition();
  loader.load_scope();
  loader.load_small_tables();
  if (loader.fault) return *loader.fault;
  loader.sort_by_specificity();
  return std::move(loader.predicates);
}

const std::vector<PredicateEntry>& Predicates::entries(std::string_view lemma, Upos upos) const {
  static const std::vector<PredicateEntry> none;
  const auto index = pos_index(upos);
  if (!index) return none;
  const auto found = entries_[*index].find(lemma);
  return found == entries_[*index].end() ? none : found->second;
}

const std::vector<ScopeRow>& Predicates::scope(std::string_view lemma) const {
  static const std::vector<ScopeRow> none;
  const auto found = scope_.find(lemma);
  return found == scope_.end() ? none : found->second;
}

const std::vector<ClaimRow>& Predicates::claims(std::string_view lemma, Upos upos) const {
  static const std::vector<ClaimRow> none;
  const auto found = claims_.find(lemma);
  return found == claims_.end() || found->second.front().upos != upos ? none : found->second;
}

bool Predicates::keeps_content(std::uint8_t op) const {
  return std::ranges::any_of(composition_[op], [](const CompositionRow& row) { return row.keeps_content && row.content_auxiliary == 0; });
}

const CompositionRow* Predicates::compose(std::uint8_t op, MeaningCode content, const std::vector<std::string_view>& modes, CompositionRow::Doer doer) const {
  const CompositionRow* best = nullptr;
  int best_rank = 0;
  for (const CompositionRow& row : composition_[op]) {
    if (row.doer != CompositionRow::Doer::any && row.doer != doer) continue;
    int rank = 0;
    if (content == meaning_none)
      rank = row.no_content ? 1 : 0;
    else if (row.any_content)
      rank = 1;
    else if (row.content == content && row.content_mode.empty())
      rank = 2;
    else if (row.content == content && std::find(modes.begin(), modes.end(), row.content_mode) != modes.end())
      rank = 3;
    if (rank > best_rank) {
      best_rank = rank;
      best = &row;
    }
  }
  return best;
}

std::optional<std::uint8_t> Predicates::operator_code(std::string_view name) const {
  const auto at = position(operators_, name);
  return at ? std::optional(static_cast<std::uint8_t>(*at)) : std::nullopt;
}

const AuxiliaryRow* Predicates::auxiliary(std::uint8_t flag, EventType type) const {
  for (const AuxiliaryRow& row : auxiliary_)
    if (row.auxiliary == flag && row.type == type) return &row;
  return nullptr;
}

std::string_view Predicates::meaning_name(MeaningCode code) const {
  if (code == meaning_blocked) return "-";
  if (code < 0) return "none";
  const auto index = static_cast<std::size_t>(code);
  return index < event_type_count ? name(static_cast<EventType>(index)) : pseudo_[index - event_type_count];
}

std::vector<std::string_view> Predicates::meaning_names() const {
  std::vector<std::string_view> names;
  for (std::size_t at = 0; at < event_type_count; ++at) names.push_back(name(static_cast<EventType>(at)));
  names.insert(names.end(), pseudo_.begin(), pseudo_.end());
  return names;
}

bool Predicates::in_class(std::string_view class_name, std::string_view lemma) const {
  const auto found = classes_.find(class_name);
  return found != classes_.end() && std::find(found->second.begin(), found->second.end(), lemma) != found->second.end();
}

}  // namespace legation
