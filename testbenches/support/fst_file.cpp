// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/fst_file.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "testbenches/support/program.h"

namespace airnn::test {

namespace {

/// The header in lines as our own: a declaration each, and no date.
void join_declarations(const std::string& from, const std::string& to) {
  std::ifstream file(from);
  std::ofstream joined(to);
  std::string line;
  for (bool is_header = true; std::getline(file, line);) {
    if (is_header && line.rfind('$', 0) == 0) {
      for (std::string more; line.find("$end") == std::string::npos && std::getline(file, more);) {
        std::replace(more.begin(), more.end(), '\t', ' ');
        line += " " + more;
      }
      is_header = line.rfind("$enddefinitions", 0) != 0;
    }
    if (!line.empty() && line.rfind("$date", 0) != 0) {
      joined << line << "\n";
    }
  }
}

/// fst2vcd writes 16 digits of a real, and a double has 17.
bool are_equal(const std::string& type, const std::string& one, const std::string& other) {
  if (type != "real") {
    return one == other;
  }
  const double a = std::stod(one);
  const double b = std::stod(other);
  return std::abs(a - b) <= std::max(std::abs(a), std::abs(b)) * 1e-15;
}

}  // namespace

VcdFile read_fst(const std::string& fst2vcd, const std::string& path) {
  const std::string written = path + ".vcd";
  const ProgramRun run = run_program(fst2vcd, {path, "-o", written});
  if (run.exit_code != 0) {
    throw std::runtime_error(path + ": fst2vcd: " + run.err);
  }
  const std::string joined = path + ".joined";
  join_declarations(written, joined);
  const VcdFile file = read_vcd(joined);
  std::filesystem::remove(written);
  std::filesystem::remove(joined);
  return file;
}

std::string difference(const VcdFile& one, const VcdFile& other) {
  if (one.signals.size() != other.signals.size()) {
    return "one has " + std::to_string(one.signals.size()) + " signals, the other " +
           std::to_string(other.signals.size());
  }
  for (const auto& [path, signal] : one.signals) {
    const auto found = other.signals.find(path);
    if (found == other.signals.end()) {
      return path + " is in one only";
    }
    if (signal.type != found->second.type ||
        (signal.type != "string" && signal.width != found->second.width)) {
      return path + " has another type";
    }
    if (signal.changes.size() != found->second.changes.size()) {
      return path + " changes " + std::to_string(signal.changes.size()) + " times, or " +
             std::to_string(found->second.changes.size());
    }
    for (auto a = signal.changes.begin(), b = found->second.changes.begin();
         a != signal.changes.end(); ++a, ++b) {
      if (a->first != b->first || !are_equal(signal.type, a->second, b->second)) {
        return path + " is " + a->second + " at " + std::to_string(a->first) + ", or " + b->second +
               " at " + std::to_string(b->first);
      }
    }
  }
  return "";
}

}  // namespace airnn::test
