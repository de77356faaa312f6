// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sw/evaluate/evaluation_layout.h"
#include "sw/evaluate/plan.h"

namespace airnn {

/// The folder an evaluation writes (docs/evaluation.md). Each step in it is known by its seal,
/// which is written when its files are complete, so that whatever has a seal that holds is finished
/// work. Files of others in it stay as they are.
class EvaluationFolder {
 public:
  /// Creates the folder and takes it for this process alone. Throws UserError if it cannot, if
  /// another process has it, if what is in it is no evaluation or one of an older form, or, without
  /// `resume`, if there is something in it.
  EvaluationFolder(std::string path, bool resume, const std::string& program);
  /// Joins other processes in a folder that belongs to none of them, and shares the plan with them.
  /// Nothing in it is looked at or removed. Throws UserError if another plan is there, or a process
  /// that has the folder for itself.
  EvaluationFolder(std::string path, const Plan& plan);
  ~EvaluationFolder();
  EvaluationFolder(const EvaluationFolder&) = delete;
  EvaluationFolder& operator=(const EvaluationFolder&) = delete;

  const std::string& path() const { return layout_.folder(); }
  const EvaluationLayout& layout() const { return layout_; }

  /// Writes the plan. From here until finish() the folder as a whole has no seal. Removes all steps
  /// of the plan that are not what was sealed, and tells which files were at fault.
  std::vector<FileFault> begin(const Plan& plan);

  /// From here until finish() the folder as a whole has no seal.
  void unseal() const;
  /// Writes the plan, unless one is there that has all its points and perhaps more: a search of
  /// several processes is further in one than in another. Throws UserError if another plan is
  /// there.
  void share(const Plan& plan) const;
  /// As begin() for points that are added to the plan from index `first` on.
  std::vector<FileFault> extend(const Plan& plan, std::size_t first) const;

  /// A step is there; whether its files fit was found out by begin() or extend().
  bool has(const SealedFiles& step) const { return is_sealed(step); }
  /// All inputs of a run whose records are there and hold, in the order of their first. They may
  /// overlap.
  std::vector<InputRange> stored_records(const std::string& records_key) const;
  /// Makes the folder of a step, and room for its files.
  void make_place(const SealedFiles& step) const;

  /// Seals the whole. All its files must have been written.
  void finish(const Plan& plan) const;
  /// What processes leave that are killed while they write.
  void remove_partial_files() const;
  /// Records and predictions are of no use once all runs are there.
  void remove_scraps() const;

 private:
  void lock();
  void check_is_evaluation() const;
  void check_steps(const Plan& plan, std::vector<FileFault>& faults) const;
  void check_scraps(std::vector<FileFault>& faults) const;
  std::vector<SealedFiles> scraps() const;

  EvaluationLayout layout_;
  int lock_ = -1;
};

}  // namespace airnn
