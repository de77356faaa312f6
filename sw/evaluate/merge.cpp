// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/merge.h"

#include <filesystem>
#include <system_error>

#include "sw/format/errors.h"

namespace airnn {

namespace fs = std::filesystem;

namespace {

std::string plan_text_of(const std::string& folder) {
  const std::string text = read_text_file(plan_file(folder));
  if (text.empty()) {
    throw UserError(folder + ": no folder that 'airnn evaluate --out' wrote: it has no plan.json");
  }
  return text;
}

/// Files get their names one after the other, that by which they are known to be there last.
void copy_file(const std::string& from, const std::string& to) {
  std::error_code error;
  const std::string partial = to + ".partial.merge";
  fs::copy_file(from, partial, fs::copy_options::overwrite_existing, error);
  if (!error) {
    fs::rename(partial, to, error);
  }
  if (error) {
    throw UserError(to + ": cannot copy " + from + ": " + error.message());
  }
}

void copy_image(const std::string& key, const std::string& from, EvaluationFolder& out) {
  const std::string image = from + "/images/" + key + ".airnn";
  if (!key.empty() && !out.has_image(key) && fs::exists(image)) {
    copy_file(image_report_file(from, key), out.image_report(key));
    copy_file(image, out.image(key));
  }
}

void copy_run(const std::string& key, const std::string& from, EvaluationFolder& out) {
  const std::string run = from + "/runs/" + key;
  if (key.empty() || out.has_run(key) || !fs::exists(run + "/counts.csv")) {
    return;
  }
  std::error_code error;
  fs::create_directories(out.run(key), error);
  if (error) {
    throw UserError(out.run(key) + ": cannot create the folder: " + error.message());
  }
  for (const char* name : {"/results.json", "/inputs.csv", "/counts.csv"}) {
    copy_file(run + name, out.run(key) + name);
  }
}

}  // namespace

Plan common_plan(const std::vector<std::string>& folders) {
  const std::string text = plan_text_of(folders.front());
  for (const std::string& folder : folders) {
    if (plan_text_of(folder) != text) {
      throw UserError(folder + ": another experiment, or another version of the program, than " +
                      folders.front());
    }
  }
  return plan_from(text, plan_file(folders.front()));
}

MergedPoints merge_folders(const Plan& plan, const std::vector<std::string>& folders,
                           EvaluationFolder& out) {
  write_text_file(plan_file(out.path()), plan_text(plan));
  PointFailures failures;
  for (const std::string& folder : folders) {
    for (const PlannedPoint& point : plan.points) {
      copy_image(point.image_key, folder, out);
      copy_run(point.run_key, folder, out);
    }
    failures.merge(read_failures(folder));
  }
  MergedPoints merged;
  for (std::size_t i = 0; i < plan.points.size(); ++i) {
    const PlannedPoint& point = plan.points[i];
    const bool there =
        point.run_key.empty() ? out.has_image(point.image_key) : out.has_run(point.run_key);
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
