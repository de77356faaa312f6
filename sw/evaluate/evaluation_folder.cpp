// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/evaluation_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "sw/data/data_file.h"
#include "sw/evaluate/folder_entries.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"

namespace airnn {

namespace fs = std::filesystem;

namespace {

constexpr const char* kLock = ".lock";
/// By this a folder is known whose evaluation was killed before anything was finished.
constexpr const char* kLockMark = "airnn evaluate is at work here\n";

[[noreturn]] void refuse_folder(const std::string& path, const std::string& why) {
  throw UserError("--out: " + path + ": " + why);
}

/// The folder, which is there now.
std::string made(std::string path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) {
    refuse_folder(path, "cannot create the folder: " + error.message());
  }
  return path;
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

/// Whether another process holds the lock; one that is of a kind the file system does not have is
/// held by nobody.
bool is_locked(const std::string& file) {
  const int descriptor = open(file.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) {
    return false;
  }
  struct flock lock {};
  lock.l_type = F_WRLCK;
  const bool is_held = fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  close(descriptor);
  return is_held;
}

/// Any file of ours that says so: others may be damaged.
bool has_our_mark(const fs::path& folder) {
  if (is_seal(folder / EvaluationLayout::kSeal) || head_of(folder / kLock) == kLockMark) {
    return true;
  }
  for (const char* part : {EvaluationLayout::kImages, EvaluationLayout::kRuns}) {
    for (const fs::path& path : entries_below(folder / part)) {
      if (is_seal(path) || is_seal(path / EvaluationLayout::kRunSeal)) {
        return true;
      }
    }
  }
  const std::vector<fs::path> scraps = scrap_files(folder);
  return std::any_of(scraps.begin(), scraps.end(), is_seal);
}

/// The plan as it would be with its first points only.
std::string text_of_first(Plan plan, std::size_t points) {
  plan.points.resize(points);
  return plan_text(plan);
}

}  // namespace

EvaluationFolder::EvaluationFolder(std::string path, bool resume, const std::string& program)
    : layout_(made(std::move(path)), program) {
  if (!resume && !fs::is_empty(this->path())) {
    refuse_folder(this->path(), "there is something in it; expected an empty folder, or --resume");
  }
  check_is_evaluation();
  lock();
  remove_partial_files();
}

EvaluationFolder::EvaluationFolder(std::string path, const Plan& plan)
    : layout_(made(std::move(path)), plan.program()) {
  check_is_evaluation();
  if (is_locked(this->path() + "/" + kLock)) {
    refuse_folder(this->path(), "an evaluation is at work there that shares it with nobody");
  }
  share(plan);
}

void EvaluationFolder::share(const Plan& plan) const {
  const std::string file = plan_file(path());
  const std::string text = plan_text(plan);
  std::error_code error;
  if (!fs::exists(file, error)) {
    write_file(file, text);
    return;
  }
  const std::string other_text = read_text(file);
  if (other_text == text) {
    return;
  }
  const Plan other = plan_from(other_text, file);
  if (other.program() != plan.program()) {
    refuse_folder(path(),
                  "is by another program, " + other.program() + "; this is " + plan.program());
  }
  const std::size_t common = std::min(plan.points.size(), other.points.size());
  const bool is_search = std::any_of(plan.experiments.begin(), plan.experiments.end(),
                                     [](const Experiment& one) { return one.search.has_value(); });
  if (!is_search || text_of_first(plan, common) != text_of_first(other, common)) {
    refuse_folder(path(),
                  "its plan is another: the experiment or its files have changed; expected the "
                  "same, an empty folder, or --resume without workers");
  }
  if (common < plan.points.size()) {
    write_file(file, text);
  }
}

void EvaluationFolder::remove_partial_files() const {
  remove_partial_in(this->path());
  for (const fs::path& shelf : entries(fs::path(this->path()) / EvaluationLayout::kImages)) {
    remove_partial_in(shelf);
  }
  for (const fs::path& folder : scrap_folders(this->path())) {
    remove_partial_in(folder);
  }
  for (const fs::path& run : entries_below(fs::path(this->path()) / EvaluationLayout::kRuns)) {
    remove_partial_in(run);
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
    const int error = errno;
    close(lock_);
    refuse_folder(path(), error == EAGAIN || error == EACCES
                              ? std::string("another evaluation is at work there")
                              : std::string("cannot lock it: ") + std::strerror(error));
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
  if (lock_ < 0) {
    return;
  }
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
  unseal();
  check_steps(plan, faults);
  check_scraps(faults);
  write_file(plan_file(path()), plan_text(plan));
  return faults;
}

void EvaluationFolder::unseal() const {
  discard({path(), EvaluationLayout::kSeal, {}, ""});
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

std::vector<SealedFiles> EvaluationFolder::scraps() const {
  std::vector<SealedFiles> steps;
  for (const fs::path& file : scrap_files(path())) {
    const std::string keys = file.parent_path().filename().string();
    const bool is_seal_file = file.extension() == ".seal";
    const std::string name = (is_seal_file ? file.stem() : file.filename()).string();
    const bool is_known = !steps.empty() && steps.back().files[0] == name &&
                          steps.back().folder == layout_.scrap(keys, name).folder;
    if (is_scrap_name(name) && !is_known) {
      steps.push_back(layout_.scrap(keys, name));
    }
  }
  return steps;
}

std::vector<InputRange> EvaluationFolder::stored_records(const std::string& records_key) const {
  std::vector<InputRange> ranges;
  for (const fs::path& file : entries(layout_.records(records_key, {}).folder)) {
    const std::string name = file.filename().string();
    if (is_scrap_name(name) && file.extension() == ".records" &&
        !fault_of(layout_.scrap(records_key, name))) {
      const std::size_t dash = name.find('-');
      ranges.push_back({std::stoll(name), std::stoll(name.substr(dash + 1))});
    }
  }
  std::sort(ranges.begin(), ranges.end(),
            [](const InputRange& a, const InputRange& b) { return a.first < b.first; });
  return ranges;
}

void EvaluationFolder::check_scraps(std::vector<FileFault>& faults) const {
  for (const SealedFiles& step : scraps()) {
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
  create_folder(step.folder);
  for (const std::string& name : step.files) {
    make_room(step.path(name));
  }
  make_room(step.path(step.seal));
}

void EvaluationFolder::finish(const Plan& plan) const {
  write_seal(layout_.whole(plan));
}

void EvaluationFolder::remove_scraps() const {
  for (const SealedFiles& step : scraps()) {
    discard(step);
  }
  std::error_code error;  // others may have put something in there
  for (const fs::path& folder : scrap_folders(path())) {
    fs::remove(folder, error);
    fs::remove(folder.parent_path(), error);
  }
  fs::remove(path() + "/" + EvaluationLayout::kScraps, error);
}

}  // namespace airnn
