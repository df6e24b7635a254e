// The linker's door: units, phrases, then the reader. Also names of mention kinds and actors on another day.
#include "entities/linker.h"

#include <algorithm>
#include <array>

#include "entities/phrases.h"
#include "entities/reader.h"
#include "entities/roles.h"
#include "entities/units.h"

namespace legation {

std::string_view name(MentionKind kind) {
  static constexpr std::array<std::string_view, 8> names = {"state", "person", "organisation", "agent", "place", "pronoun", "collective", "unknown"};
  return names[static_cast<std::size_t>(kind)];
}

struct Linker::Workspace::Buffers {
  std::vector<Unit> units;
  std::vector<Phrase> phrases;
};

Linker::Workspace::Workspace() : buffers_(std::make_unique<Buffers>()) {}
Linker::Workspace::~Workspace() = default;
Linker::Workspace::Workspace(Workspace&&) noexcept = default;
Linker::Workspace& Linker::Workspace::operator=(Workspace&&) noexcept = default;

Result<Linker> Linker::load(const Resources& resources) {
  auto base = KnowledgeBase::load(resources);
  if (!base.ok()) return base.error();
  auto references = ReferenceModel::load(resources);
  if (!references.ok()) return references.error();
  return Linker(std::make_shared<const KnowledgeBase>(std::move(base).value()), std::make_shared<const ReferenceModel>(std::move(references).value()));
}

Linker::Linker(std::shared_ptr<const KnowledgeBase> base, std::shared_ptr<const ReferenceModel> references)
    : base_(std::move(base)), references_(std::move(references)) {}

Mentions Linker::link(const Parse& parse, std::optional<Date> published, Workspace& workspace, ReferenceTrace* trace) const {
  std::vector<Unit>& units = workspace.buffers_->units;
  std::vector<Phrase>& phrases = workspace.buffers_->phrases;
  units.clear();
  phrases.clear();
  const Date day = published.value_or(Date{30000});  // 2052: names in use without an end
  for (std::uint32_t sentence = 0; sentence < parse.sentences.size(); ++sentence) find_units(*base_, parse, sentence, day, units);
  settle_ambiguous(*base_, day, units);
  for (std::size_t first = 0; first < units.size();) {
    std::size_t last = first;
    while (last < units.size() && units[last].sentence == units[first].sentence) ++last;
    build_phrases(*base_, parse, units, first, last, phrases);
    first = last;
  }
  return MentionReader(*base_, *references_, parse, published, units, phrases).read(trace);
}

namespace {
/// An actor named by office alone ("the South Korean president") is whoever held it on the day.
bool named_by_office(const Actor& actor) { return actor.why.find("; in office: ") != std::string::npos && actor.why.find("refers back") == std::string::npos; }
}  // namespace

Actor Linker::redate(const Actor& actor, Date date) const {
  if (named_by_office(actor)) {
    const std::uint32_t holder = base_->holder(actor.role.substr(0, actor.role.find(" of ")), actor.code, date);
    if (holder == no_entity) return actor;
    Actor other = actor;
    other.entity = holder;
    other.name = base_->entity(holder).name;
    other.wikidata = base_->entity(holder).wikidata;
    return other;
  }
  if (actor.entity == no_entity || base_->entity(actor.entity).kind != Entity::Kind::person) return actor;
  Actor dated = base_->actor_on(actor.entity, date);
  if (dated.sector == "ELI" && actor.why.find(told_by_text) != std::string::npos) return actor;
  if (dated.sector.empty() && !actor.sector.empty() && base_->entity(actor.entity).first_office == base_->entity(actor.entity).last_office) {
    dated.sector = actor.sector;  // the tables know no office of his: the words of the text stand
    dated.other_sectors = actor.other_sectors;
    dated.role = actor.role;
  }
  dated.text = actor.text;
  dated.span = actor.span;
  dated.why = actor.why;
  if (const Office* office = base_->office_on(actor.entity, date)) dated.why += "; on " + date.iso() + " " + base_->row(office->table, office->line);
  return dated;
}

}  // namespace legation
