// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/merge.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <map>
#include <optional>
#include <system_error>

#include "sw/data/data_file.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"

namespace airnn {

namespace fs = std::filesystem;

namespace {

std::string plan_text_of(const std::string& folder) {
  std::error_code error;
  if (fs::is_regular_file(plan_file(folder), error) &&
      plan_has_schema(read_text(plan_file(folder)), kPlanSchemaWithoutSeals)) {
    throw UserError(folder + ": is of a version of the program that wrote no checksums (" +
                    kPlanSchemaWithoutSeals + "); expected an evaluation with them (" +
                    kPlanSchema + ")");
  }
  require_whole(folder);
  return read_text(plan_file(folder));
}

void copy_file(const std::string& from, const std::string& to) {
  std::error_code error;
  const std::string partial = OutputFile::temporary_name(to);
  fs::copy_file(from, partial, fs::copy_options::overwrite_existing, error);
  if (!error) {
    fs::rename(partial, to, error);
  }
  if (error) {
    const std::string reason = error.message();
    fs::remove(partial, error);
    throw UserError(to + ": cannot copy " + from + ": " + reason);
  }
}

/// The seal comes last.
void copy_step(const SealedFiles& from, const SealedFiles& to, const EvaluationFolder& out) {
  if (out.has(to) || !is_sealed(from)) {
    return;
  }
  out.make_place(to);
  for (const std::string& name : from.files) {
    copy_file(from.path(name), to.path(name));
  }
  copy_file(from.path(from.seal), to.path(to.seal));
}

/// The steps of a plan in a folder, all of them in the order of the plan.
std::vector<SealedFiles> steps_in(const std::string& folder, const Plan& plan) {
  return EvaluationLayout(folder, plan.program()).steps(plan);
}

/// The steps of one folder with those that are known of others, which they are added to.
void compare_steps(std::vector<std::optional<SealedFiles>>& known,
                   const std::vector<SealedFiles>& steps) {
  known.resize(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!is_sealed(steps[i])) {
      continue;
    }
    if (!known[i]) {
      known[i] = steps[i];
      continue;
    }
    const std::vector<std::string> names = differences(*known[i], steps[i]);
    if (!names.empty()) {
      throw UserError(fmt::format(
          "{} and {}: the same step with different bytes ({}); one of them "
          "is wrong, expected shards that agree",
          known[i]->path(known[i]->seal), steps[i].path(steps[i].seal), fmt::join(names, ", ")));
    }
  }
}

/// All failures, of a point only one. Throws UserError if they contradict each other.
PointFailures agreed_failures(const std::vector<std::string>& folders) {
  std::map<std::size_t, std::string> known;
  PointFailures all;
  for (const std::string& folder : folders) {
    for (const auto& [point, failure] : read_failures(folder)) {
      const auto [first, is_new] = all.emplace(point, failure);
      if (!first->second.agrees_with(failure)) {
        throw UserError(
            fmt::format("{} and {}: point {} failed in different ways: \"{}\" and "
                        "\"{}\"; expected shards that agree",
                        known.at(point), folder, point, first->second.message, failure.message));
      }
      known.emplace(point, folder);
      if (first->second.host.empty() < failure.host.empty()) {
        first->second = failure;  // what is known of the point says more than what befell a machine
        known[point] = folder;
      }
    }
  }
  return all;
}

}  // namespace

Plan common_plan(const std::vector<std::string>& folders) {
  const std::string& first = folders.front();
  const std::string text = plan_text_of(first);
  const Plan plan = plan_from(text, plan_file(first));
  for (const std::string& folder : folders) {
    const std::string other = plan_text_of(folder);
    if (other == text) {
      continue;
    }
    const std::string program = plan_from(other, plan_file(folder)).program();
    throw UserError(program == plan.program()
                        ? fmt::format("{}: another experiment than {}", folder, first)
                        : fmt::format("{}: by another program than {}: {}, and {}", folder, first,
                                      program, plan.program()));
  }
  return plan;
}

void check_agreement(const Plan& plan, const std::vector<std::string>& folders) {
  std::vector<std::optional<SealedFiles>> known;
  for (const std::string& folder : folders) {
    compare_steps(known, steps_in(folder, plan));
  }
  static_cast<void>(agreed_failures(folders));
}

void check_agreement(const Plan& plan, const std::vector<std::string>& folders,
                     const EvaluationFolder& out) {
  const std::vector<SealedFiles> own = out.layout().steps(plan);
  std::vector<std::optional<SealedFiles>> known;
  for (const SealedFiles& step : own) {
    known.push_back(fault_of(step) ? std::nullopt : std::optional(step));
  }
  for (const std::string& folder : folders) {
    compare_steps(known, steps_in(folder, plan));
  }
}

MergedPoints merge_folders(const Plan& plan, const std::vector<std::string>& folders,
                           EvaluationFolder& out) {
  const std::vector<SealedFiles> due = out.layout().steps(plan);
  PointFailures failures = agreed_failures(folders);
  for (const std::string& folder : folders) {
    const std::vector<SealedFiles> steps = steps_in(folder, plan);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      copy_step(steps[i], due[i], out);
    }
  }
  MergedPoints merged;
  for (std::size_t i = 0; i < plan.points.size(); ++i) {
    const PlannedPoint& point = plan.points[i];
    const bool there =
        out.has(plan.experiment_of(point).simulates ? out.layout().run(point.run_key)
                                                    : out.layout().image(point.image_key));
    if (there) {
      failures.erase(i);  // another folder has it
    }
    merged.missing += there || failures.count(i) > 0 ? 0 : 1;
  }
  write_failures(out.path(), failures);
  merged.failures = failures;
  return merged;
}

}  // namespace airnn
