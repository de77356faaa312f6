// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace airnn {

/// Points that failed, by index in the plan: exit code and message.
struct PointFailure {
  int code = 0;
  std::string message;
};
using PointFailures = std::map<std::size_t, PointFailure>;

/// The folder an evaluation writes (docs/evaluation.md). Every file in it appears complete or not
/// at all, under a name made of its content's keys, so that whatever is there is finished work.
class EvaluationFolder {
 public:
  /// Creates the folder and takes it for this process alone. Throws UserError if it cannot, if
  /// another process has it, if what is in it is no evaluation, or, without `resume`, if there is
  /// something in it.
  EvaluationFolder(std::string path, bool resume);
  ~EvaluationFolder();
  EvaluationFolder(const EvaluationFolder&) = delete;
  EvaluationFolder& operator=(const EvaluationFolder&) = delete;

  const std::string& path() const { return path_; }

  // Files of steps, each under the step's key.
  std::string image(const std::string& image_key) const;
  std::string image_report(const std::string& image_key) const;
  std::string run(const std::string& run_key) const;  ///< a folder like that of `airnn simulate`
  std::string records(const std::string& records_key, std::int64_t first) const;
  std::string predictions(const std::string& image_key, const std::string& data_key) const;

  bool has_image(const std::string& image_key) const;
  bool has_run(const std::string& run_key) const;

  /// Records and predictions are of no use once all runs are there.
  void remove_scraps();

 private:
  std::string path_;
  int lock_ = -1;
};

/// Files that describe the whole, for whoever reads a finished folder.
std::string plan_file(const std::string& folder);
std::string failures_file(const std::string& folder);
std::string evaluation_file(const std::string& folder);
std::string points_file(const std::string& folder);
std::string image_report_file(const std::string& folder, const std::string& image_key);
std::string run_results_file(const std::string& folder, const std::string& run_key);

void write_failures(const std::string& folder, const PointFailures& failures);
/// Throws UserError.
PointFailures read_failures(const std::string& folder);

/// The whole of a text file, or an empty text if there is none. Throws UserError if it cannot be
/// read.
std::string read_text_file(const std::string& path);
/// Complete or not at all. Throws UserError.
void write_text_file(const std::string& path, const std::string& text);

}  // namespace airnn
