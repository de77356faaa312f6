// SPDX-License-Identifier: Apache-2.0
#include "sw/format/output_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "sw/format/errors.h"

namespace airnn {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class OutputFileTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::temp_directory_path() / (std::string("airnn_output_file_") +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(const char* name) const { return (folder_ / name).string(); }
  std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(folder_), fs::directory_iterator());
  }
  std::string content(const char* name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

  fs::path folder_;
};

std::string write_refusal(const std::function<void()>& action) {
  try {
    action();
  } catch (const UserError& error) {
    return error.what();
  }
  return "<accepted>";
}

TEST_F(OutputFileTest, AppearsWholeOnCommit) {
  OutputFile file(path("a.txt"));
  file.write("one ");
  file.write(std::string("t\0o", 3));
  EXPECT_FALSE(fs::exists(path("a.txt")));
  file.commit();
  EXPECT_EQ(content("a.txt"), std::string("one t\0o", 7));
  EXPECT_EQ(files(), 1);
}

TEST_F(OutputFileTest, LeavesNothingWithoutCommit) {
  {
    OutputFile file(path("a.txt"));
    file.write("half");
  }
  EXPECT_EQ(files(), 0);
}

TEST_F(OutputFileTest, KeepsThePreviousFileWithoutCommit) {
  std::ofstream(path("a.txt")) << "before";
  {
    OutputFile file(path("a.txt"));
    file.write("half");
  }
  EXPECT_EQ(content("a.txt"), "before");
  EXPECT_EQ(files(), 1);
}

TEST_F(OutputFileTest, ReplacesThePreviousFileOnCommit) {
  std::ofstream(path("a.txt")) << "a longer text before";
  OutputFile file(path("a.txt"));
  file.write("after");
  file.commit();
  EXPECT_EQ(content("a.txt"), "after");
}

TEST_F(OutputFileTest, NamesAMissingFolder) {
  const std::string name = path("nowhere/a.txt");
  EXPECT_THAT(write_refusal([&] { OutputFile file(name); }),
              AllOf(StartsWith(name + ": "), HasSubstr("No such file or directory")));
  std::ofstream(path("file")) << "x";
  EXPECT_THAT(write_refusal([&] { OutputFile file(path("file/a.txt")); }),
              HasSubstr("Not a directory"));
}

TEST_F(OutputFileTest, LeavesNothingWhereTheTargetIsAFolder) {
  fs::create_directories(folder_ / "a.txt");
  EXPECT_THAT(write_refusal([&] {
                OutputFile file(path("a.txt"));
                file.write("x");
                file.commit();
              }),
              StartsWith(path("a.txt") + ": "));
  EXPECT_EQ(files(), 1);
}

TEST_F(OutputFileTest, LeavesNothingOnAFullDisk) {
  // A limit on the size of files stands for the disk: write() fails the same way, in the middle.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &limit), 0);
  const rlim_t previous = limit.rlim_cur;
  limit.rlim_cur = 100000;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
  const std::string message = write_refusal([&] {
    OutputFile file(path("a.txt"));
    file.write(std::string(60000, 'x'));
    file.write(std::string(60000, 'y'));
    file.commit();
  });
  limit.rlim_cur = previous;
  setrlimit(RLIMIT_FSIZE, &limit);
  EXPECT_THAT(message, AllOf(StartsWith(path("a.txt") + ": "), HasSubstr("File too large")));
  EXPECT_EQ(files(), 0);
}

TEST_F(OutputFileTest, WritesIntoADeviceAndLeavesItADevice) {
  ASSERT_EQ(mkfifo(path("pipe").c_str(), 0600), 0);
  std::fstream reader(path("pipe"), std::ios::in | std::ios::out);
  OutputFile file(path("pipe"));
  file.write("through\n");
  file.commit();
  std::string line;
  ASSERT_TRUE(std::getline(reader, line));
  EXPECT_EQ(line, "through");
  EXPECT_TRUE(fs::is_fifo(path("pipe")));
  EXPECT_EQ(files(), 1);
}

TEST_F(OutputFileTest, ReportsADeviceThatIsFull) {
  EXPECT_THAT(write_refusal([] {
                OutputFile file("/dev/full");
                file.write("x");
                file.commit();
              }),
              HasSubstr("No space left on device"));
}

}  // namespace
}  // namespace airnn
