// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/evaluation_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "sw/data/data_file.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"
#include "sw/results/run_files.h"

namespace airnn {

namespace fs = std::filesystem;

namespace {

constexpr const char* kLock = ".lock";
/// By this a folder is known whose evaluation was killed before anything was finished.
constexpr const char* kLockMark = "airnn evaluate is at work here\n";
constexpr const char* kPartial = ".partial.";
constexpr std::array<const char*, 5> kWholeFiles = {"plan.json", "failures.json", "evaluation.json",
                                                    "points.csv", EvaluationLayout::kSeal};

[[noreturn]] void refuse_folder(const std::string& path, const std::string& why) {
  throw UserError("--out: " + path + ": " + why);
}

/// The beginning of a file; empty if there is none that could be read.
std::string head_of(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    return "";
  }
  constexpr std::size_t kHead = 200;
  std::ifstream file(path, std::ios::binary);
  std::string head(kHead, '\0');
  file.read(head.data(), static_cast<std::streamsize>(kHead));
  head.resize(static_cast<std::size_t>(file.gcount()));
  return head;
}

bool is_digits(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

/// The name of a step's file: a key, and what it is.
bool is_step_name(const std::string& name) {
  constexpr std::size_t kKeyDigits = 32;
  return name.size() > kKeyDigits && name.find_first_not_of("0123456789abcdef") == kKeyDigits;
}

bool is_our_name(const std::string& name) {
  return is_step_name(name) ||
         std::find(kWholeFiles.begin(), kWholeFiles.end(), name) != kWholeFiles.end() ||
         std::find(kRunFileNames.begin(), kRunFileNames.end(), name) != kRunFileNames.end() ||
         name == EvaluationLayout::kRunSeal;
}

/// What OutputFile leaves of one of our files when its process is killed.
bool is_partial(const fs::path& file) {
  const std::string name = file.filename().string();
  const std::size_t at = name.rfind(kPartial);
  return at != std::string::npos && is_digits(name.substr(at + std::strlen(kPartial))) &&
         is_our_name(name.substr(0, at));
}

/// Entries of a folder, none if it is no folder.
std::vector<fs::path> entries(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    paths.push_back(it->path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

void remove_partial_files(const fs::path& folder) {
  std::error_code error;
  for (const fs::path& path : entries(folder)) {
    if (is_partial(path)) {
      fs::remove(path, error);  // whatever became of it; a folder only if it is empty
    }
  }
}

/// Nothing in it but what an evaluation may leave that is killed at its very beginning.
bool is_fresh(const fs::path& folder) {
  const std::vector<fs::path> all = entries(folder);
  return std::all_of(all.begin(), all.end(), [](const fs::path& path) {
    return path.filename() == kLock || is_partial(path);
  });
}

bool is_seal(const fs::path& path) {
  return path.extension() == ".seal" && head_of(path).rfind(kSealMark, 0) == 0;
}

/// Any file of ours that says so: others may be damaged.
bool has_our_mark(const fs::path& folder) {
  if (is_seal(folder / EvaluationLayout::kSeal) || head_of(folder / kLock) == kLockMark) {
    return true;
  }
  for (const char* part :
       {EvaluationLayout::kImages, EvaluationLayout::kRuns, EvaluationLayout::kScraps}) {
    for (const fs::path& path : entries(folder / part)) {
      if (is_seal(path) || is_seal(path / EvaluationLayout::kRunSeal)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

EvaluationFolder::EvaluationFolder(std::string path, bool resume, const std::string& program)
    : layout_(std::move(path), program) {
  std::error_code error;
  fs::create_directories(this->path(), error);
  if (error) {
    refuse_folder(this->path(), "cannot create the folder: " + error.message());
  }
  if (!resume && !fs::is_empty(this->path())) {
    refuse_folder(this->path(), "there is something in it; expected an empty folder, or --resume");
  }
  check_is_evaluation();
  lock();
  remove_partial_files(this->path());
  for (const char* folder :
       {EvaluationLayout::kImages, EvaluationLayout::kRuns, EvaluationLayout::kScraps}) {
    remove_partial_files(fs::path(this->path()) / folder);
  }
  for (const fs::path& run : entries(fs::path(this->path()) / EvaluationLayout::kRuns)) {
    remove_partial_files(run);
  }
}

void EvaluationFolder::check_is_evaluation() const {
  std::error_code error;
  const std::string plan =
      fs::is_regular_file(plan_file(path()), error) ? read_text(plan_file(path())) : "";
  if (plan_has_schema(plan, kPlanSchemaWithoutSeals)) {
    refuse_folder(path(), std::string("is of a version of the program that wrote no checksums (") +
                              kPlanSchemaWithoutSeals + "); expected an evaluation with them (" +
                              kPlanSchema + "), or an empty folder");
  }
  if (!is_fresh(path()) && !plan_has_schema(plan, kPlanSchema) && !has_our_mark(path())) {
    refuse_folder(path(), "what is in it is no evaluation; expected one, or an empty folder");
  }
}

void EvaluationFolder::lock() {
  const std::string file = path() + "/" + kLock;
  make_room(file);
  lock_ = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (lock_ < 0) {
    refuse_folder(path(), std::string("cannot write there: ") + std::strerror(errno));
  }
  // Of the kind that worker processes do not inherit: they may outlive a killed evaluation a
  // little.
  struct flock exclusive {};
  exclusive.l_type = F_WRLCK;
  if (fcntl(lock_, F_SETLK, &exclusive) != 0) {
    close(lock_);
    refuse_folder(path(), "another evaluation is at work there");
  }
  const std::string mark = kLockMark;
  if (ftruncate(lock_, 0) != 0 ||
      pwrite(lock_, mark.data(), mark.size(), 0) != static_cast<ssize_t>(mark.size())) {
    const std::string reason = std::strerror(errno);
    close(lock_);
    refuse_folder(path(), "cannot write there: " + reason);
  }
}

EvaluationFolder::~EvaluationFolder() {
  unlink((path() + "/" + kLock).c_str());
  close(lock_);
}

std::vector<FileFault> EvaluationFolder::begin(const Plan& plan) {
  const SealedFiles whole = layout_.whole(plan);
  std::vector<FileFault> faults;
  if (is_sealed(whole)) {
    faults = faults_in(path(), whole.seal);
  }
  make_place(whole);
  discard({path(), whole.seal, {}, ""});
  check_steps(plan, faults);
  check_scraps(faults);
  write_file(plan_file(path()), plan_text(plan));
  return faults;
}

std::vector<FileFault> EvaluationFolder::extend(const Plan& plan, std::size_t first) const {
  Plan added;
  added.points.assign(plan.points.begin() + static_cast<std::ptrdiff_t>(first), plan.points.end());
  std::vector<FileFault> faults;
  check_steps(added, faults);
  write_file(plan_file(path()), plan_text(plan));
  return faults;
}

void EvaluationFolder::check_steps(const Plan& plan, std::vector<FileFault>& faults) const {
  for (const SealedFiles& step : layout_.steps(plan)) {
    const std::optional<FileFault> fault = fault_of(step);
    if (!fault) {
      continue;
    }
    // A step without a seal is one that was not finished, unless the seal of the whole names it.
    const bool told = std::any_of(faults.begin(), faults.end(), [&](const FileFault& other) {
      return other.path == fault->path;
    });
    if (is_sealed(step) && !told) {
      faults.push_back(*fault);
    }
    discard(step);
  }
}

std::vector<std::string> EvaluationFolder::scraps() const {
  std::vector<std::string> names;
  for (const fs::path& file : entries(fs::path(path()) / EvaluationLayout::kScraps)) {
    const std::string name = file.filename().string();
    const std::string extension = file.extension().string();
    if (is_step_name(name) && (extension == ".records" || extension == ".predictions")) {
      names.push_back(name);
    } else if (is_step_name(name) && extension == ".seal") {
      names.push_back(file.stem().string());
    }
  }
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

void EvaluationFolder::check_scraps(std::vector<FileFault>& faults) const {
  for (const std::string& name : scraps()) {
    const SealedFiles step = layout_.scrap(name);
    const std::optional<FileFault> fault = fault_of(step);
    if (fault && is_sealed(step)) {
      faults.push_back(*fault);
    }
    if (fault) {
      discard(step);
    }
  }
}

void EvaluationFolder::make_place(const SealedFiles& step) const {
  std::error_code error;
  if (!fs::is_directory(step.folder, error) && fs::path(step.folder) != path()) {
    make_room(step.folder);
    if (step.seal == EvaluationLayout::kRunSeal) {
      fs::remove(step.folder, error);  // a file of that name
    }
  }
  fs::create_directories(step.folder, error);
  if (error) {
    throw UserError(step.folder + ": cannot create the folder: " + error.message());
  }
  for (const std::string& name : step.files) {
    make_room(step.path(name));
  }
  make_room(step.path(step.seal));
}

void EvaluationFolder::finish(const Plan& plan) const {
  write_seal(layout_.whole(plan));
}

void EvaluationFolder::remove_scraps() const {
  for (const std::string& name : scraps()) {
    discard(layout_.scrap(name));
  }
  std::error_code error;  // others may have put something in there
  fs::remove(path() + "/" + EvaluationLayout::kScraps, error);
}

}  // namespace airnn
