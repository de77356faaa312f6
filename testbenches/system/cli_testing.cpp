// SPDX-License-Identifier: Apache-2.0
#include "testbenches/system/cli_testing.h"
#include "testbenches/support/source_path.h"

#include <gmock/gmock.h>
#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace airnn::test {

namespace fs = std::filesystem;

CliTest::CliTest() {
  std::string name = (fs::temp_directory_path() / "airnn-cli-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) {
    throw std::runtime_error("cannot create a folder for the test");
  }
  folder_ = name;
}

CliTest::~CliTest() {
  std::error_code error;
  fs::remove_all(folder_, error);
}

ProgramRun CliTest::airnn(const Words& arguments, ProgramSetting setting) const {
  setting.folder = folder_.string();
  return run_program(AIRNN_PROGRAM, arguments, setting);
}

ProgramRun CliTest::interrupted(const Words& arguments, const std::string& output) const {
  ProgramSetting setting;
  ProgramRun run;
  for (const int milliseconds : {300, 3'000, 20'000}) {
    setting.interrupt_after_msec = milliseconds;
    run = airnn(arguments, setting);
    if (std::filesystem::exists(folder_ / output)) {
      break;
    }
  }
  return run;
}

std::string CliTest::good(const Words& arguments) const {
  const ProgramRun run = airnn(arguments);
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.err, "");
  return run.out;
}

void CliTest::expect_refused(const Words& arguments, const std::string& message,
                             const ProgramSetting& setting) const {
  std::string line = "airnn";
  for (const std::string& word : arguments) {
    line += " " + word;
  }
  SCOPED_TRACE(line);
  const std::set<std::string> before = files();
  const ProgramRun run = airnn(arguments, setting);
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err, testing::StartsWith("airnn: "));
  EXPECT_THAT(run.err, testing::HasSubstr(message));
  EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
  EXPECT_EQ(files(), before);
}

std::string CliTest::bytes_of(const std::string& name) const {
  std::ifstream file(folder_ / name, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void CliTest::write(const std::string& name, const std::string& bytes) const {
  std::ofstream(folder_ / name, std::ios::binary) << bytes;
}

std::vector<std::string> CliTest::values(const std::string& folder) const {
  std::istringstream lines(bytes_of(folder + "/inputs.csv"));
  std::vector<std::string> all;
  for (std::string line; std::getline(lines, line);) {
    for (int i = 0; i < 3; ++i) {  // cycles, bytes, energy
      line.erase(line.rfind(','));
    }
    all.push_back(line);
  }
  return all;
}

std::set<std::string> CliTest::files() const {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

std::string CliTest::model(const std::string& name) {
  return source_path("models/") + name;
}

}  // namespace airnn::test
