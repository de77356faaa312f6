// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/shared/claims.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "sw/format/errors.h"
#include "sw/format/host_name.h"
#include "sw/format/output_file.h"

namespace airnn {

namespace fs = std::filesystem;

namespace {

constexpr const char* kClaims = "/claims/";
constexpr const char* kWorkers = "/workers/";
constexpr std::int64_t kBeatSeconds = 30;
/// Every note is as long: it is written over in one go, so that no reader finds half of two.
constexpr std::size_t kNoteBytes = 1024;

std::string first_line(const std::string& file) {
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  return line;
}

/// Processes of one machine and container know each other's pids.
std::string this_machine() {
  std::error_code error;
  const fs::path view = fs::read_symlink("/proc/self/ns/pid", error);
  return first_line("/proc/sys/kernel/random/boot_id") + " " + (error ? "" : view.string());
}

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

[[noreturn]] void refuse(const std::string& path, const std::string& what) {
  const std::string reason = std::strerror(errno);
  throw UserError(fmt::format("{}: cannot {}: {}", path, what, reason));
}

std::int64_t steady_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::string text_of(const WorkerNote& note) {
  const nlohmann::ordered_json json = {{"host", note.host},       {"pid", note.pid},
                                       {"machine", note.machine}, {"job", note.job},
                                       {"restart", note.restart}, {"since", note.since},
                                       {"step", note.step},       {"step_since", note.step_since},
                                       {"steps", note.steps},     {"cost", note.cost}};
  std::string text = json.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  text.resize(std::max(text.size(), kNoteBytes - 1), ' ');
  return text + "\n";
}

/// Nothing if it is gone. What cannot be read has a time, at least.
std::optional<WorkerNote> note_in(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    return {};
  }
  WorkerNote note;
  const nlohmann::json json = nlohmann::json::parse(first_line(path), nullptr, false);
  try {
    json.at("host").get_to(note.host);
    json.at("pid").get_to(note.pid);
    json.at("machine").get_to(note.machine);
    json.at("job").get_to(note.job);
    json.at("restart").get_to(note.restart);
    json.at("since").get_to(note.since);
    json.at("step").get_to(note.step);
    json.at("step_since").get_to(note.step_since);
    json.at("steps").get_to(note.steps);
    json.at("cost").get_to(note.cost);
  } catch (const nlohmann::json::exception&) {
    note = {};
    note.host = "an unknown machine";
  }
  note.alive = status.st_mtim.tv_sec;
  return note;
}

bool is_gone(const WorkerNote& other, const std::string& machine) {
  return other.pid > 0 && other.machine == machine && kill(static_cast<pid_t>(other.pid), 0) != 0 &&
         errno == ESRCH;
}

}  // namespace

std::string WorkerNote::name() const {
  return fmt::format("pid {} on {}{}", pid, host, job.empty() ? "" : ", job " + job);
}

Claims::Claims(std::string folder) : folder_(std::move(folder)) {
  for (const char* part : {kClaims, kWorkers}) {
    create_folder(folder_ + part);
  }
  own_.host = host_name();
  own_.pid = getpid();
  own_.machine = this_machine();
  own_.job = environment("SLURM_JOB_ID");
  own_.restart = std::atoll(environment("SLURM_RESTART_COUNT").c_str());
  file_ = fmt::format("{}{}{}-{}-{:x}", folder_, kWorkers, own_.host, own_.pid,
                      std::chrono::system_clock::now().time_since_epoch().count());
  descriptor_ = open(file_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor_ < 0) {
    refuse(file_, "create it");
  }
  write_note();
  struct stat status {};
  fstat(descriptor_, &status);
  own_.since = status.st_mtim.tv_sec;
  write_note();
}

Claims::~Claims() {
  if (!own_.step.empty()) {
    release(own_.step, 0);
  }
  unlink(file_.c_str());
  close(descriptor_);
}

void Claims::write_note() {
  const std::string text = text_of(own_);
  if (pwrite(descriptor_, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) {
    refuse(file_, "write it");
  }
  next_beat_ = steady_seconds() + kBeatSeconds;
}

void Claims::beat() {
  std::int64_t due = next_beat_;
  const std::int64_t now = steady_seconds();
  if (now >= due && next_beat_.compare_exchange_strong(due, now + kBeatSeconds)) {
    futimens(descriptor_, nullptr);  // by the server's clock
  }
}

/// A link may have been made although the server's answer was lost.
bool Claims::is_mine(const std::string& path) const {
  struct stat there {};
  struct stat own {};
  return stat(path.c_str(), &there) == 0 && fstat(descriptor_, &own) == 0 &&
         there.st_ino == own.st_ino && there.st_dev == own.st_dev;
}

bool Claims::is_dead(const WorkerNote& other) const {
  if (is_gone(other, own_.machine) ||
      (!own_.job.empty() && other.job == own_.job && other.restart < own_.restart)) {
    return true;
  }
  struct stat own {};
  futimens(descriptor_, nullptr);
  return fstat(descriptor_, &own) == 0 && own.st_mtim.tv_sec - other.alive > kStaleSeconds;
}

/// Of several who find an owner dead, one may put its claim in the place of the dead one.
bool Claims::take_over(const std::string& path) {
  struct stat seen {};
  if (stat(path.c_str(), &seen) != 0) {
    return false;
  }
  const std::optional<WorkerNote> other = note_in(path);
  if (!other || !is_dead(*other)) {
    return false;
  }
  const std::string heir = fmt::format("{}.heir-of-{}", path, seen.st_ino);
  if (link(file_.c_str(), heir.c_str()) != 0 && !is_mine(heir)) {
    const std::optional<WorkerNote> first = note_in(heir);
    if (first && is_dead(*first)) {
      unlink(heir.c_str());
    }
    return false;
  }
  struct stat still {};
  if (stat(path.c_str(), &still) == 0 && still.st_ino == seen.st_ino) {
    static_cast<void>(rename(heir.c_str(), path.c_str()));
  }
  unlink(heir.c_str());
  victim_ = *other;
  return is_mine(path);
}

Claims::Taken Claims::take(const std::string& step) {
  const std::string path = folder_ + kClaims + step;
  Taken taken = Taken::yes;
  if (link(file_.c_str(), path.c_str()) != 0 && !is_mine(path)) {
    if (errno != EEXIST && errno != ENOENT) {
      refuse(path, "link " + file_ + " to it");
    }
    if (!take_over(path)) {
      return Taken::no;
    }
    taken = Taken::from_dead;
  }
  own_.step = step;
  struct stat status {};
  futimens(descriptor_, nullptr);
  fstat(descriptor_, &status);
  own_.step_since = status.st_mtim.tv_sec;
  write_note();
  return taken;
}

void Claims::release(const std::string& step, double cost) {
  const std::string path = folder_ + kClaims + step;
  if (is_mine(path)) {
    unlink(path.c_str());
  }
  own_.step.clear();
  ++own_.steps;
  own_.cost += cost;
  write_note();
}

std::vector<WorkerNote> Claims::workers(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator it(folder + kWorkers, error), end; !error && it != end;
       it.increment(error)) {
    files.push_back(it->path().string());
  }
  std::sort(files.begin(), files.end());
  std::vector<WorkerNote> notes;
  for (const std::string& file : files) {
    if (std::optional<WorkerNote> note = note_in(file)) {
      notes.push_back(std::move(*note));
    }
  }
  return notes;
}

std::vector<WorkerNote> Claims::alive(const std::string& folder) {
  std::vector<WorkerNote> notes = workers(folder);
  if (notes.empty()) {
    return notes;
  }
  // A file of the same server tells its clock; a folder that only may be read has the own one.
  std::int64_t now = std::time(nullptr);
  const std::string probe = fmt::format("{}/clock-{}-{}", folder, host_name(), getpid());
  const int descriptor = open(probe.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor >= 0) {
    struct stat status {};
    futimens(descriptor, nullptr);
    now = fstat(descriptor, &status) == 0 ? status.st_mtim.tv_sec : now;
    close(descriptor);
    unlink(probe.c_str());
  }
  const std::string machine = this_machine();
  notes.erase(std::remove_if(notes.begin(), notes.end(),
                             [&](const WorkerNote& note) {
                               return is_gone(note, machine) || now - note.alive > kStaleSeconds;
                             }),
              notes.end());
  return notes;
}

}  // namespace airnn
