// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/console.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "sw/format/errors.h"

namespace airnn {

void print(const std::string& text) {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw UserError(std::string("standard output: cannot write: ") + std::strerror(errno));
  }
}

std::string one_line(const std::string& text) {
  std::string line = text;
  std::replace_if(
      line.begin(), line.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return line;
}

}  // namespace airnn
