// SPDX-License-Identifier: Apache-2.0
#include "testbenches/system/child_process.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>
#include <string>

namespace airnn::test {

namespace {

void write_all(int pipe, const void* bytes, std::size_t count) {
  const auto* from = static_cast<const std::uint8_t*>(bytes);
  while (count > 0) {
    const ssize_t written = write(pipe, from, count);
    if (written <= 0) {
      _exit(1);
    }
    from += written;
    count -= static_cast<std::size_t>(written);
  }
}

/// Exit code 0: the bytes are the result; 2: the message of an exception.
[[noreturn]] void work_and_exit(const std::function<std::vector<std::uint8_t>()>& work, int pipe) {
  int code = 0;
  try {
    const std::vector<std::uint8_t> result = work();
    write_all(pipe, result.data(), result.size());
  } catch (const std::exception& error) {
    write_all(pipe, error.what(), std::strlen(error.what()));
    code = 2;
  }
  _exit(code);  // no destructors: what they would end belongs to the parent
}

}  // namespace

std::vector<std::uint8_t> in_child(const std::function<std::vector<std::uint8_t>()>& work) {
  int ends[2] = {-1, -1};
  if (pipe(ends) != 0) {
    throw std::runtime_error("pipe failed");
  }
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    work_and_exit(work, ends[1]);
  }
  close(ends[1]);
  std::vector<std::uint8_t> received;
  std::uint8_t buffer[65536];
  ssize_t count = 0;
  while ((count = read(ends[0], buffer, sizeof buffer)) > 0) {
    received.insert(received.end(), buffer, buffer + count);
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) {
    throw std::runtime_error("child process: signal " + std::to_string(WTERMSIG(status)));
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw std::runtime_error("child process: " + std::string(received.begin(), received.end()));
  }
  return received;
}

}  // namespace airnn::test
