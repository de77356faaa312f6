// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/seal.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "sw/format/errors.h"
#include "sw/format/output_file.h"
#include "testbenches/support/damage.h"
#include "testbenches/support/scratch_folder.h"

namespace airnn {
namespace {

namespace fs = std::filesystem;

class SealTest : public testing::Test {
 protected:
  SealTest() : folder_(scratch_.path()) { make("step"); }
  SealedFiles step(const std::string& name) const {
    return {folder_ + "/" + name, "own.seal", {"a.bin", "b.csv"}, name + " by a test"};
  }
  void make(const std::string& name) const {
    const SealedFiles files = step(name);
    fs::remove_all(files.folder);
    fs::create_directories(files.folder);
    write_file(files.path("a.bin"), std::string("\0bytes\xff", 7));
    write_file(files.path("b.csv"), "1,2\n");
    write_seal(files);
  }

  test::ScratchFolder scratch_{test::quick_folder()};  // each file is synchronised
  std::string folder_;
};

TEST_F(SealTest, HoldsForWhatWasSealed) {
  EXPECT_TRUE(is_sealed(step("step")));
  EXPECT_FALSE(fault_of(step("step")).has_value());
  EXPECT_TRUE(faults_in(step("step").folder, "own.seal").empty());
  EXPECT_FALSE(fault_below(step("step").folder, "own.seal").has_value());
}

TEST_F(SealTest, NoDamageToAnyFileIsOverlooked) {
  for (const char* file : {"a.bin", "b.csv", "own.seal"}) {
    for (const test::Damage& damage : test::damages()) {
      SCOPED_TRACE(std::string(file) + " " + damage.name);
      make("step");
      const SealedFiles files = step("step");
      damage.apply(files.path(file));
      const std::optional<FileFault> fault = fault_of(files);
      ASSERT_TRUE(fault.has_value());
      EXPECT_EQ(fault->path, files.path(file));
      EXPECT_EQ(faults_in(files.folder, "own.seal").size(), 1U);
      discard(files);
      EXPECT_FALSE(is_sealed(files));
      EXPECT_TRUE(fs::is_empty(files.folder));
    }
  }
}

TEST_F(SealTest, EveryBitOfASealCounts) {
  const SealedFiles files = step("step");
  const std::string seal = files.path("own.seal");
  for (std::uintmax_t at = 0; at < fs::file_size(seal); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      make("step");
      std::FILE* file = std::fopen(seal.c_str(), "r+b");
      ASSERT_NE(file, nullptr);
      std::fseek(file, static_cast<long>(at), SEEK_SET);
      const int byte = std::fgetc(file);
      std::fseek(file, static_cast<long>(at), SEEK_SET);
      std::fputc(byte ^ (1 << bit), file);
      std::fclose(file);
      EXPECT_TRUE(fault_of(files).has_value()) << at << " " << bit;
    }
  }
}

TEST_F(SealTest, SpeaksOfItsOwnContentAlone) {
  SealedFiles files = step("step");
  files.content = "step by another";
  EXPECT_NE(fault_of(files)->why.find("is of step by a test; expected that of step by another"),
            std::string::npos)
      << fault_of(files)->text();
  files = step("step");
  files.files.pop_back();
  EXPECT_TRUE(fault_of(files).has_value()) << "the seal names more";
  EXPECT_EQ(fault_of(step("none"))->why, "is missing");
}

TEST_F(SealTest, LooksIntoTheSealsThatASealNames) {
  const SealedFiles whole{folder_, "whole.seal", {"step/own.seal"}, "all"};
  write_seal(whole);
  EXPECT_FALSE(fault_below(folder_, "whole.seal").has_value());
  write_file(step("step").path("b.csv"), "1,3\n");
  EXPECT_TRUE(faults_in(folder_, "whole.seal").empty());
  EXPECT_EQ(fault_below(folder_, "whole.seal")->path, step("step").path("b.csv"));
}

TEST_F(SealTest, NamesTheFilesThatDiffer) {
  make("other");
  EXPECT_TRUE(differences(step("step"), step("other")).empty());
  write_file(step("other").path("b.csv"), "1,3\n");
  write_seal(step("other"));
  EXPECT_EQ(differences(step("step"), step("other")), (std::vector<std::string>{"b.csv"}));
}

TEST_F(SealTest, AFolderWithSomethingInItIsNotRemoved) {
  const SealedFiles files = step("step");
  fs::remove(files.path("a.bin"));
  fs::create_directories(files.path("a.bin"));
  write_file(files.path("a.bin") + "/mine.txt", "mine");
  EXPECT_THROW(discard(files), UserError);
  EXPECT_TRUE(fs::exists(files.path("a.bin") + "/mine.txt"));
}

TEST_F(SealTest, RemovesALinkAndNotWhatItLeadsTo) {
  const SealedFiles files = step("step");
  write_file(folder_ + "/elsewhere", "mine");
  fs::remove(files.path("a.bin"));
  fs::create_symlink(folder_ + "/elsewhere", files.path("a.bin"));
  discard(files);
  EXPECT_FALSE(fs::exists(fs::symlink_status(files.path("a.bin"))));
  EXPECT_TRUE(fs::exists(folder_ + "/elsewhere"));
}

}  // namespace
}  // namespace airnn
