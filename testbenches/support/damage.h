// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace airnn::test {

/// What can happen to a file that somebody keeps.
struct Damage {
  const char* name;
  void (*apply)(const std::string& path);
};

/// Shortened, emptied, a bit altered at the beginning, in the middle and at the end, lengthened,
/// removed, replaced by an empty folder, by a pipe, and by a link that leads nowhere, which nobody
/// can read, whatever his rights.
const std::vector<Damage>& damages();

}  // namespace airnn::test
