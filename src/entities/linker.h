// Linker: finds who and where in a parsed document: Parse -> Mentions. Door: Linker::link.
#pragma once

#include <memory>
#include <optional>

#include "entities/knowledge_base.h"
#include "entities/referents.h"
#include "legation/mention.h"
#include "legation/parse.h"

namespace legation {

/// Const and safe on many threads, one Workspace per thread. The knowledge base is shared, its resources must
/// outlive it.
class Linker {
 public:
  /// Buffers kept from one document to the next. Holds nothing that changes a result.
  class Workspace {
   public:
    Workspace();
    ~Workspace();
    Workspace(Workspace&&) noexcept;
    Workspace& operator=(Workspace&&) noexcept;

   private:
    friend class Linker;
    struct Buffers;
    std::unique_ptr<Buffers> buffers_;
  };

  /// Errors: those of KnowledgeBase::load and ReferenceModel::load.
  static Result<Linker> load(const Resources& resources);

  /// All mentions of the document. Any tree is taken: broken ones give fewer links, never a fault.
  /// @param parse      children built; its document must be set.
  /// @param published  day on which roles are read; without it a person's latest known office counts.
  /// Cost: linear in the number of tokens.
  /// @param trace      when given, is filled with what pronouns could choose from, for training and measuring.
  Mentions link(const Parse& parse, std::optional<Date> published, Workspace& workspace, ReferenceTrace* trace = nullptr) const;

  /// The same actor on another day, for an event whose date is not the document's: role, sectors and (for an
  /// office named without its holder) the person change; words and span stay.
  Actor redate(const Actor& actor, Date date) const;

  const KnowledgeBase& base() const { return *base_; }

 private:
  Linker(std::shared_ptr<const KnowledgeBase> base, std::shared_ptr<const ReferenceModel> references);

  std::shared_ptr<const KnowledgeBase> base_;
  std::shared_ptr<const ReferenceModel> references_;
};

}  // namespace legation
