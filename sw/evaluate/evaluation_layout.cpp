// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/evaluation_layout.h"

#include <fmt/format.h>

#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "sw/format/errors.h"
#include "sw/results/run_files.h"

namespace airnn {

namespace {

void require_no_fault(const std::optional<FileFault>& fault, const std::string& remedy) {
  if (fault) {
    throw UserError(fault->text() + "; " + remedy);
  }
}

/// A folder with many entries is slow on file systems of clusters; so keys are spread over 256 by
/// their first two digits.
std::string shelf_of(const std::string& key) {
  return key.substr(0, 2);
}

std::string image_folder(const std::string& folder, const std::string& image_key) {
  return fmt::format("{}/{}/{}", folder, EvaluationLayout::kImages, shelf_of(image_key));
}

std::string run_folder(const std::string& folder, const std::string& run_key) {
  return fmt::format("{}/{}/{}/{}", folder, EvaluationLayout::kRuns, shelf_of(run_key), run_key);
}

}  // namespace

std::string plan_file(const std::string& folder) {
  return folder + "/plan.json";
}

std::string failures_file(const std::string& folder) {
  return folder + "/failures.json";
}

std::string evaluation_file(const std::string& folder) {
  return folder + "/evaluation.json";
}

std::string points_file(const std::string& folder) {
  return folder + "/points.csv";
}

std::string image_report_file(const std::string& folder, const std::string& image_key) {
  return image_folder(folder, image_key) + "/" + image_key + ".json";
}

std::string run_results_file(const std::string& folder, const std::string& run_key) {
  return run_folder(folder, run_key) + "/" + kRunFileNames[0];
}

EvaluationLayout::EvaluationLayout(std::string folder, std::string program)
    : folder_(std::move(folder)), program_(std::move(program)) {}

SealedFiles EvaluationLayout::image(const std::string& image_key) const {
  return {image_folder(folder_, image_key),
          image_key + ".seal",
          {image_key + ".airnn", image_key + ".json"},
          "image " + image_key + " by " + program_};
}

SealedFiles EvaluationLayout::run(const std::string& run_key) const {
  return {run_folder(folder_, run_key),
          kRunSeal,
          {kRunFileNames.begin(), kRunFileNames.end()},
          "run " + run_key + " by " + program_};
}

SealedFiles EvaluationLayout::records(const std::string& records_key, InputRange inputs) const {
  return scrap(records_key, inputs.text() + ".records");
}

SealedFiles EvaluationLayout::predictions(const std::string& image_key, const std::string& data_key,
                                          InputRange inputs) const {
  return scrap(image_key + "-" + data_key, inputs.text() + ".predictions");
}

SealedFiles EvaluationLayout::scrap(const std::string& keys, const std::string& name) const {
  return {fmt::format("{}/{}/{}/{}", folder_, kScraps, shelf_of(keys), keys),
          name + ".seal",
          {name},
          fmt::format("{} of {} by {}", name, keys, program_)};
}

std::vector<SealedFiles> EvaluationLayout::steps(const Plan& plan) const {
  std::set<std::string> known;
  std::vector<SealedFiles> steps;
  for (const PlannedPoint& point : plan.points) {
    if (!point.image_key.empty() && known.insert("image " + point.image_key).second) {
      steps.push_back(image(point.image_key));
    }
    if (!point.run_key.empty() && known.insert("run " + point.run_key).second) {
      steps.push_back(run(point.run_key));
    }
  }
  return steps;
}

SealedFiles EvaluationLayout::whole(const Plan& plan) const {
  SealedFiles whole{folder_,
                    kSeal,
                    {"plan.json", "failures.json", "evaluation.json", "points.csv"},
                    "evaluation by " + program_};
  for (const SealedFiles& step : steps(plan)) {
    if (is_sealed(step)) {
      whole.files.push_back(step.path(step.seal).substr(folder_.size() + 1));
    }
  }
  return whole;
}

void require_whole(const std::string& folder) {
  std::error_code error;
  const std::string seal = folder + "/" + EvaluationLayout::kSeal;
  if (!std::filesystem::exists(std::filesystem::symlink_status(seal, error))) {
    throw UserError(folder + ": has no " + EvaluationLayout::kSeal +
                    ": 'airnn evaluate' has not finished it, or is of a version that wrote no "
                    "checksums; expected a folder that 'airnn evaluate --out' finished, and "
                    "'airnn evaluate --resume' goes on");
  }
  require_no_fault(fault_below(folder, EvaluationLayout::kSeal),
                   "'airnn evaluate --resume' makes it again");
}

bool is_sealed_run(const std::string& folder) {
  return is_sealed({folder, EvaluationLayout::kRunSeal, {}, ""});
}

void require_whole_run(const std::string& folder) {
  if (is_sealed_run(folder)) {
    require_no_fault(fault_below(folder, EvaluationLayout::kRunSeal),
                     "'airnn evaluate --resume' makes the run again");
  }
}

}  // namespace airnn
