// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/evaluate/plan.h"
#include "sw/evaluate/seal.h"

namespace airnn {

// Files that describe the whole of an evaluation, for whoever reads a finished folder.
std::string plan_file(const std::string& folder);
std::string failures_file(const std::string& folder);
std::string evaluation_file(const std::string& folder);
std::string points_file(const std::string& folder);
std::string image_report_file(const std::string& folder, const std::string& image_key);
std::string run_results_file(const std::string& folder, const std::string& run_key);

/// Some inputs of a run, one after the other.
struct InputRange {
  std::int64_t first = 0;
  std::int64_t count = 0;

  std::int64_t end() const { return first + count; }
  /// "2000-500": the first, and how many.
  std::string text() const { return std::to_string(first) + "-" + std::to_string(count); }
};

/// Where the files of an evaluation are, and which of them make up a step (docs/evaluation.md).
class EvaluationLayout {
 public:
  static constexpr const char* kImages = "images";
  static constexpr const char* kRuns = "runs";
  static constexpr const char* kScraps = "scraps";
  static constexpr const char* kSeal = "evaluation.seal";
  static constexpr const char* kRunSeal = "run.seal";

  /// `program` made the files: seals of another do not hold.
  EvaluationLayout(std::string folder, std::string program);

  const std::string& folder() const { return folder_; }

  SealedFiles image(const std::string& image_key) const;
  /// In a folder like that of `airnn simulate`.
  SealedFiles run(const std::string& run_key) const;
  /// What is of no use once all runs are there: the record of some inputs of a run, and what the
  /// reference predicts for some inputs.
  SealedFiles records(const std::string& records_key, InputRange inputs) const;
  SealedFiles predictions(const std::string& image_key, const std::string& data_key,
                          InputRange inputs) const;
  /// Such a step by the keys of what it is a part of, and by the name of its file.
  SealedFiles scrap(const std::string& keys, const std::string& name) const;

  /// All images and runs of a plan, each once.
  std::vector<SealedFiles> steps(const Plan& plan) const;
  /// What describes the whole, and the seals of those steps that are there.
  SealedFiles whole(const Plan& plan) const;

 private:
  std::string folder_;
  std::string program_;
};

/// Throws UserError with the first fault of a folder that an evaluation has finished or, on the
/// user's wish, stopped: everything in it that its seals name is looked at.
void require_whole(const std::string& folder);
/// The same for a run, if it is one of an evaluation: others have no seal.
void require_whole_run(const std::string& folder);
/// Whether a folder holds a run of an evaluation.
bool is_sealed_run(const std::string& folder);

}  // namespace airnn
