// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "testbenches/support/file_tree.h"
#include "testbenches/support/program.h"

namespace airnn::test {

using Json = nlohmann::json;
using Words = std::vector<std::string>;

/// Runs the program itself in an empty folder of its own.
class CliTest : public testing::Test {
 protected:
  CliTest();
  ~CliTest() override;

  ProgramRun airnn(const Words& arguments, ProgramSetting setting = {}) const;
  /// Runs it and interrupts it at work, from which it writes `output`. On a busy machine it may not
  /// have begun when the signal comes; then it is tried again with more time.
  ProgramRun interrupted(const Words& arguments, const std::string& output) const;
  /// Runs it and expects success without a word on standard error.
  std::string good(const Words& arguments) const;
  /// Expects exit code 2, one line on standard error that contains `message`, nothing else printed,
  /// and the folder as it was.
  void expect_refused(const Words& arguments, const std::string& message,
                      const ProgramSetting& setting = {}) const;

  /// Path in the folder of the test.
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string bytes_of(const std::string& name) const;
  void write(const std::string& name, const std::string& bytes) const;
  Json json_of(const std::string& name) const { return Json::parse(bytes_of(name)); }
  std::set<std::string> files() const;
  /// Every file below a folder of the test, by its path there, with its bytes.
  FileTree tree(const std::string& folder) const { return file_tree(folder_ / folder); }
  /// Of each input of a results folder: index, label, prediction, iterations and scores, which
  /// neither memory nor interconnect may change.
  std::vector<std::string> values(const std::string& folder) const;

  static std::string model(const std::string& name);

 private:
  std::filesystem::path folder_;
};

}  // namespace airnn::test
