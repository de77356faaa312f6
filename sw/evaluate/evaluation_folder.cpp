// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/evaluation_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "sw/evaluate/plan.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"

namespace airnn {

namespace fs = std::filesystem;

namespace {

constexpr const char* kLock = ".lock";
constexpr const char* kImages = "images";
constexpr const char* kRuns = "runs";
constexpr const char* kScraps = "scraps";

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw UserError("--out: " + path + ": " + why);
}

void make_folder(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) {
    refuse(path, "cannot create the folder: " + error.message());
  }
}

bool is_partial(const fs::path& file) {
  return file.filename().string().find(".partial.") != std::string::npos;
}

/// Nothing in it but, at most, what an evaluation makes before its plan.
bool is_fresh(const std::string& path) {
  static const std::set<std::string> kFirst = {kLock, kImages, kRuns, kScraps};
  for (const fs::directory_entry& entry : fs::directory_iterator(path)) {
    if (kFirst.count(entry.path().filename().string()) == 0 && !is_partial(entry.path())) {
      return false;
    }
  }
  return true;
}

/// What OutputFile leaves when its process is killed.
void remove_partial_files(const std::string& folder) {
  std::vector<fs::path> partial;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file() && is_partial(entry.path())) {
      partial.push_back(entry.path());
    }
  }
  for (const fs::path& file : partial) {
    fs::remove(file);
  }
}

}  // namespace

EvaluationFolder::EvaluationFolder(std::string path, bool resume) : path_(std::move(path)) {
  make_folder(path_);
  if (!resume && !fs::is_empty(path_)) {
    refuse(path_, "there is something in it; expected an empty folder, or --resume");
  }
  if (!is_fresh(path_) && read_text_file(plan_file(path_)).find(kPlanSchema) == std::string::npos) {
    refuse(path_, "what is in it is no evaluation; expected one, or an empty folder");
  }
  lock_ = open((path_ + "/" + kLock).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (lock_ < 0) {
    refuse(path_, std::string("cannot write there: ") + std::strerror(errno));
  }
  // Of the kind that worker processes do not inherit: they may outlive a killed evaluation a
  // little.
  struct flock exclusive {};
  exclusive.l_type = F_WRLCK;
  if (fcntl(lock_, F_SETLK, &exclusive) != 0) {
    close(lock_);
    refuse(path_, "another evaluation is at work there");
  }
  remove_partial_files(path_);
  for (const char* folder : {kImages, kRuns, kScraps}) {
    make_folder(path_ + "/" + folder);
    remove_partial_files(path_ + "/" + folder);
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(path_ + "/" + kRuns)) {
    if (entry.is_directory()) {
      remove_partial_files(entry.path().string());
    }
  }
}

EvaluationFolder::~EvaluationFolder() {
  unlink((path_ + "/" + kLock).c_str());
  close(lock_);
}

std::string EvaluationFolder::image(const std::string& image_key) const {
  return path_ + "/images/" + image_key + ".airnn";
}

std::string EvaluationFolder::image_report(const std::string& image_key) const {
  return image_report_file(path_, image_key);
}

std::string EvaluationFolder::run(const std::string& run_key) const {
  return path_ + "/runs/" + run_key;
}

std::string EvaluationFolder::records(const std::string& records_key, std::int64_t first) const {
  return path_ + "/" + kScraps + "/" + records_key + "-" + std::to_string(first) + ".records";
}

std::string EvaluationFolder::predictions(const std::string& image_key,
                                          const std::string& data_key) const {
  return path_ + "/" + kScraps + "/" + image_key + "-" + data_key + ".predictions";
}

bool EvaluationFolder::has_image(const std::string& image_key) const {
  return fs::exists(image(image_key)) && fs::exists(image_report(image_key));
}

bool EvaluationFolder::has_run(const std::string& run_key) const {
  // The last of the three to get its name.
  return fs::exists(run(run_key) + "/counts.csv");
}

void EvaluationFolder::remove_scraps() {
  fs::remove_all(path_ + "/" + kScraps);
}

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
  return folder + "/images/" + image_key + ".json";
}

std::string run_results_file(const std::string& folder, const std::string& run_key) {
  return folder + "/runs/" + run_key + "/results.json";
}

void write_failures(const std::string& folder, const PointFailures& failures) {
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const auto& [point, failure] : failures) {
    json.push_back({{"point", point}, {"exit_code", failure.code}, {"message", failure.message}});
  }
  write_text_file(
      failures_file(folder),
      json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

PointFailures read_failures(const std::string& folder) {
  const std::string path = failures_file(folder);
  const std::string text = read_text_file(path);
  PointFailures failures;
  if (text.empty()) {
    return failures;
  }
  try {
    for (const auto& entry : nlohmann::json::parse(text)) {
      failures[entry.at("point")] = {entry.at("exit_code"), entry.at("message")};
    }
  } catch (const nlohmann::json::exception& error) {
    throw UserError(path + ": not a list of failures: " + error.what());
  }
  return failures;
}

std::string read_text_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file && !fs::exists(path)) {
    return "";
  }
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) {
    throw UserError(path + ": cannot read it");
  }
  return text;
}

void write_text_file(const std::string& path, const std::string& text) {
  OutputFile file(path);
  file.write(text);
  file.commit();
}

}  // namespace airnn
