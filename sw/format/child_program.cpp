// SPDX-License-Identifier: Apache-2.0
#include "sw/format/child_program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "sw/format/errors.h"
#include "sw/format/resource_error.h"

extern char** environ;

namespace airnn {

namespace {

/// All that comes out of a pipe; closes it.
std::string text_from(int pipe) {
  std::string text;
  std::array<char, 4096> part{};
  for (ssize_t count = 0;
       (count = read(pipe, part.data(), part.size())) > 0 || (count < 0 && errno == EINTR);) {
    text.append(part.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  }
  close(pipe);
  return text;
}

}  // namespace

ChildRun run_child(const std::vector<std::string>& words, const std::string& package) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw ResourceError(words[0] + ": cannot make a pipe to it: " + system_reason(errno));
  }
  std::vector<char*> arguments;
  for (const std::string& word : words) {
    arguments.push_back(const_cast<char*>(word.c_str()));  // which nobody writes to
  }
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  pid_t child = 0;
  const int error =
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (error != 0) {
    close(ends[0]);
    throw UserError(words[0] + ": cannot be started: " + system_reason(error) +
                    "; expected it on the PATH (package " + package + ")");
  }
  ChildRun run;
  run.text = text_from(ends[0]);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  run.succeeded = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  return run;
}

}  // namespace airnn
