// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace airnn::test {

namespace {

constexpr int kCannotStart = 127;
constexpr std::chrono::milliseconds kBetweenSignals{20};
/// The program takes signals for one wish that come within 500 ms; on a busy machine 20 ms may
/// last.
constexpr std::chrono::milliseconds kOneWish{200};

struct Pipe {
  int read_end = -1;
  int write_end = -1;

  Pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
      throw std::runtime_error("cannot create a pipe");
    }
    read_end = ends[0];
    write_end = ends[1];
  }
  ~Pipe() {
    close(read_end);
    close_write_end();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  void close_write_end() {
    if (write_end >= 0) {
      close(write_end);
      write_end = -1;
    }
  }
};

void set_limit(int resource, const std::optional<long>& most) {
  if (most) {
    const auto number = static_cast<rlim_t>(*most);
    const rlimit limit{number, number};
    setrlimit(resource, &limit);
  }
}

/// In the child: only calls that are safe after fork().
[[noreturn]] void become(char* const* arguments, const ProgramSetting& setting, int out, int err) {
  set_limit(RLIMIT_FSIZE, setting.file_size_limit);
  if (setting.target == SignalTarget::group) {
    setpgid(0, 0);
  }
  if (!setting.folder.empty() && chdir(setting.folder.c_str()) != 0) {
    _exit(kCannotStart);
  }
  const int nothing = open("/dev/null", O_RDONLY);
  if (!setting.standard_output.empty()) {
    out = open(setting.standard_output.c_str(), O_WRONLY);
  }
  if (dup2(nothing, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
      dup2(err, STDERR_FILENO) < 0) {
    _exit(kCannotStart);
  }
  // What the tests' own caller left open is not the program's, and counts against its limit.
  close_range(STDERR_FILENO + 1, ~0U, 0);
  set_limit(RLIMIT_NOFILE, setting.descriptor_limit);
  set_limit(RLIMIT_AS, setting.memory_limit);
  execv(arguments[0], arguments);
  _exit(kCannotStart);
}

/// Appends what is there; false at the end.
bool drain(int descriptor, std::string& text) {
  std::array<char, 65536> buffer{};
  const ssize_t count = read(descriptor, buffer.data(), buffer.size());
  if (count > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return count > 0;
}

/// False if there is nobody yet to send it to.
bool send_signal(pid_t child, const ProgramSetting& setting) {
  switch (setting.target) {
    case SignalTarget::program:
      return kill(child, setting.signal) == 0;
    case SignalTarget::group:
      return kill(-child, setting.signal) == 0;
    case SignalTarget::worker: {
      const std::string pid = std::to_string(child);
      std::ifstream children("/proc/" + pid + "/task/" + pid + "/children");
      pid_t worker = 0;
      return children >> worker && kill(worker, setting.signal) == 0;
    }
  }
  return false;
}

void collect(pid_t child, const Pipe& out, const Pipe& err, const ProgramSetting& setting,
             ProgramRun& run) {
  using Clock = std::chrono::steady_clock;
  auto start = Clock::now();
  const std::filesystem::path awaited =
      std::filesystem::path(setting.folder) / setting.interrupt_once_exists;
  bool waits = !setting.interrupt_once_exists.empty();
  int signals = setting.interrupt_after_msec ? setting.signals : 0;
  std::optional<Clock::time_point> first_sent;
  std::array<pollfd, 2> watched{{{out.read_end, POLLIN, 0}, {err.read_end, POLLIN, 0}}};
  while (watched[0].fd >= 0 || watched[1].fd >= 0) {
    poll(watched.data(), watched.size(), signals > 0 ? 10 : -1);
    if (waits) {
      waits = !std::filesystem::exists(awaited);
      start = Clock::now();
    }
    if (signals > 0 && !waits &&
        Clock::now() - start >= std::chrono::milliseconds(*setting.interrupt_after_msec)) {
      if (first_sent && Clock::now() - *first_sent > kOneWish) {
        signals = 0;
      } else if (send_signal(child, setting)) {
        first_sent = first_sent.value_or(Clock::now());
        --signals;
        start += kBetweenSignals;
      }
    }
    for (std::size_t i = 0; i < watched.size(); ++i) {
      if (watched[i].fd >= 0 && watched[i].revents != 0 &&
          !drain(watched[i].fd, i == 0 ? run.out : run.err)) {
        watched[i].fd = -1;
      }
    }
  }
}

}  // namespace

ProgramRun run_program(const std::string& program, const std::vector<std::string>& arguments,
                       const ProgramSetting& setting) {
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) {
    pointers.push_back(word.data());
  }
  pointers.push_back(nullptr);

  Pipe out;
  Pipe err;
  const pid_t child = fork();
  if (child == 0) {
    become(pointers.data(), setting, out.write_end, err.write_end);
  }
  if (child < 0) {
    throw std::runtime_error("cannot start " + program);
  }
  out.close_write_end();
  err.close_write_end();
  ProgramRun run;
  collect(child, out, err, setting, run);
  int status = 0;
  waitpid(child, &status, 0);
  run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (run.exit_code == kCannotStart) {
    throw std::runtime_error("cannot start " + program);
  }
  return run;
}

}  // namespace airnn::test
