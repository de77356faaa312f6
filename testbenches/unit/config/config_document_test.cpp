// SPDX-License-Identifier: Apache-2.0
#include "sw/config/config_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "testbenches/unit/config/config_testing.h"

namespace airnn {
namespace {

namespace fs = std::filesystem;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

/// A folder of configuration files; it is the current folder while a test runs.
class ConfigDocumentTest : public testing::Test {
 protected:
  void SetUp() override {
    previous_ = fs::current_path();
    folder_ =
        fs::temp_directory_path() / (std::string("airnn_config_") +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    fs::current_path(folder_);
    write("run/a.yaml", "count: 3\naccelerator: ../accelerator/small.yaml\n");
    write("run/b.yaml",
          "accelerator:\n  file: ../accelerator/small.yaml\n  lanes: 8\n  dram: {rows: 2}\n");
    write("accelerator/small.yaml", "# a comment\nlanes: 4\ndram:\n  rows: 1\n  banks: 8\n");
    write("accelerator/large.yaml", "lanes: 64\n");
  }
  void TearDown() override {
    fs::current_path(previous_);
    fs::remove_all(folder_);
  }

  static void write(const std::string& name, const std::string& text) {
    fs::create_directories(fs::absolute(name).parent_path());
    std::ofstream(name) << text;
  }
  static ConfigDocument load(const std::string& name) {
    return ConfigDocument::load(name, {"accelerator", "energy"});
  }
  static int lanes(const ConfigDocument& document) {
    return document.reader().section("accelerator").required_int("lanes", 1, 1000);
  }

 private:
  fs::path previous_;
  fs::path folder_;
};

TEST_F(ConfigDocumentTest, ReplacesANamedFileByItsContent) {
  const ConfigReader accelerator = load("run/a.yaml").reader().section("accelerator");
  EXPECT_EQ(accelerator.required_int("lanes", 1, 64), 4);
  EXPECT_EQ(accelerator.section("dram").required_int("banks", 1, 16), 8);
  EXPECT_EQ(accelerator.section("dram").required_int("rows", 1, 16), 1);
  accelerator.finish();
}

TEST_F(ConfigDocumentTest, OverridesSingleKeysOfANamedFile) {
  const ConfigReader accelerator = load("run/b.yaml").reader().section("accelerator");
  EXPECT_EQ(accelerator.required_int("lanes", 1, 64), 8);
  EXPECT_EQ(accelerator.section("dram").required_int("rows", 1, 9), 2);
  EXPECT_EQ(accelerator.section("dram").required_int("banks", 1, 16), 8);
  accelerator.finish();
}

TEST_F(ConfigDocumentTest, TakesAMappingInPlace) {
  write("run/c.yaml", "accelerator:\n  lanes: 2\n");
  EXPECT_EQ(lanes(load("run/c.yaml")), 2);
}

TEST_F(ConfigDocumentTest, LeavesOtherKeysAlone) {
  const ConfigReader reader = ConfigDocument::load("run/a.yaml").reader();
  EXPECT_EQ(reader.required_string("accelerator"), "../accelerator/small.yaml");
}

TEST_F(ConfigDocumentTest, NamesTheFileAndLineAValueComesFrom) {
  const ConfigReader a = load("run/a.yaml").reader().section("accelerator");
  EXPECT_THAT(refusal([&] { a.required_int("lanes", 10, 20); }),
              StartsWith("accelerator/small.yaml:2: accelerator.lanes: expected"));
  EXPECT_THAT(refusal([&] { a.required_int("slots", 1, 2); }),
              StartsWith("accelerator/small.yaml:2: key 'slots' is missing in accelerator"));
  const ConfigReader b = load("run/b.yaml").reader().section("accelerator");
  EXPECT_THAT(refusal([&] { b.required_int("lanes", 10, 20); }),
              StartsWith("run/b.yaml:3: accelerator.lanes: expected"));
}

TEST_F(ConfigDocumentTest, NamesAMissingFileWhoAskedForItAndTheNearest) {
  write("run/d.yaml", "count: 1\naccelerator: ../accelerator/smal.yaml\n");
  EXPECT_EQ(refusal([] { load("run/d.yaml"); }),
            "run/d.yaml:2: accelerator: accelerator/smal.yaml: cannot be read: "
            "No such file or directory; did you mean 'small.yaml'?");
  EXPECT_EQ(refusal([] { load("run/aa.yaml"); }),
            "run/aa.yaml: cannot be read: No such file or directory; did you mean 'a.yaml'?");
  EXPECT_EQ(refusal([] { load("nowhere/x.yaml"); }),
            "nowhere/x.yaml: cannot be read: No such file or directory");
  EXPECT_EQ(refusal([] { load("run"); }), "run: is a folder; a YAML file is expected");
}

TEST_F(ConfigDocumentTest, TakesNothingButRegularFiles) {
  ASSERT_EQ(mkfifo("pipe.yaml", 0600), 0);
  EXPECT_EQ(refusal([] { load("pipe.yaml"); }), "pipe.yaml: is a pipe; a YAML file is expected");
  EXPECT_EQ(refusal([] { load("/dev/zero"); }), "/dev/zero: is a device; a YAML file is expected");
  write("run/f.yaml", "count: 1\naccelerator: ../pipe.yaml\n");
  EXPECT_EQ(refusal([] { load("run/f.yaml"); }),
            "run/f.yaml:2: accelerator: pipe.yaml: is a pipe; a YAML file is expected");
}

TEST_F(ConfigDocumentTest, RefusesFilesOfMoreThanAMegabyte) {
  constexpr std::size_t kMost = std::size_t{1} << 20;
  const std::string text = "count: 1\n";
  write("most.yaml", text + "#" + std::string(kMost - text.size() - 1, ' '));
  EXPECT_EQ(refusal([] { load("most.yaml"); }), "<accepted>");
  write("more.yaml", text + "#" + std::string(kMost - text.size(), ' '));
  EXPECT_EQ(
      refusal([] { load("more.yaml"); }),
      "more.yaml: is larger than 1048576 bytes; a YAML file of at most that size is expected");
}

TEST_F(ConfigDocumentTest, CutsLongNamesInMessages) {
  const std::string name = std::string(240, 'a') + "\n.yaml";
  EXPECT_EQ(refusal([&] { load(name); }),
            std::string(200, 'a') + "...: cannot be read: No such file or directory");
  write(name, "a\n");
  EXPECT_EQ(refusal([&] { load(name); }),
            std::string(200, 'a') + "...:1: expected a mapping of keys to values, found 'a'");
}

TEST_F(ConfigDocumentTest, RefusesAFileThatIsNoMapping) {
  write("list.yaml", "- 1\n- 2\n");
  EXPECT_EQ(refusal([] { load("list.yaml"); }),
            "list.yaml:1: expected a mapping of keys to values, found a list");
  write("run/e.yaml", "accelerator: [x]\n");
  EXPECT_EQ(
      refusal([] { load("run/e.yaml"); }),
      "run/e.yaml:1: accelerator: expected the name of a YAML file or a mapping, found a list");
}

TEST_F(ConfigDocumentTest, TakesAnEmptyFileAsAnEmptyMapping) {
  write("empty.yaml", "");
  load("empty.yaml").reader().finish();
}

TEST_F(ConfigDocumentTest, SetsKeysAfterComposing) {
  ConfigDocument document = load("run/b.yaml");
  document.set("accelerator.lanes=32");
  document.set("accelerator.dram.rows=7");
  document.set("count=9");
  document.set("names=[a, b]");
  const ConfigReader reader = document.reader();
  EXPECT_EQ(reader.section("accelerator").required_int("lanes", 1, 64), 32);
  EXPECT_EQ(reader.section("accelerator").section("dram").required_int("rows", 1, 9), 7);
  EXPECT_EQ(reader.section("accelerator").section("dram").required_int("banks", 1, 9), 8);
  EXPECT_EQ(reader.required_int("count", 1, 9), 9);
  EXPECT_THAT(reader.strings("names"), testing::ElementsAre("a", "b"));
  reader.finish();
}

TEST_F(ConfigDocumentTest, SetsKeysOfLayersWhoseNamesHaveDots) {
  ConfigDocument document =
      ConfigDocument::from_text("layers: {/a.0/Conv: {z: 1}, b: {z: 1}}\n", "x.yaml");
  document.set("layers./a.0/Conv.z=7");
  document.set("layers.b.z=8");
  document.set("layers.c.1.d.z=9");
  const ConfigReader layers = document.reader().section("layers");
  EXPECT_EQ(layers.section("/a.0/Conv").required_int("z", 1, 9), 7);
  EXPECT_EQ(layers.section("b").required_int("z", 1, 9), 8);
  EXPECT_EQ(layers.section("c.1.d").required_int("z", 1, 9), 9);
}

TEST_F(ConfigDocumentTest, LetsTheLastSettingWin) {
  ConfigDocument document = load("run/a.yaml");
  document.set("accelerator.lanes=32");
  document.set("accelerator.lanes=33");
  EXPECT_EQ(lanes(document), 33);
}

TEST_F(ConfigDocumentTest, SetsAWholeFileRelativeToTheCurrentFolder) {
  ConfigDocument document = load("run/b.yaml");
  document.set("accelerator=accelerator/large.yaml");
  EXPECT_EQ(lanes(document), 64);
  document.set("accelerator.lanes=5");
  EXPECT_EQ(lanes(document), 5);
  EXPECT_THAT(refusal([&] { document.set("accelerator=accelerator/huge.yaml"); }),
              StartsWith("--set accelerator: accelerator: accelerator/huge.yaml: cannot be read"));
}

TEST_F(ConfigDocumentTest, SetsAnElementOfAList) {
  ConfigDocument document = ConfigDocument::from_text("l: [{z: 1}, {z: 2}]\nm: [4, 5]\n", "x.yaml");
  document.set("l.1.z=9");
  document.set("m.0=3");
  const ConfigReader reader = document.reader();
  EXPECT_EQ(reader.sections("l")[1].required_int("z", 1, 9), 9);
  EXPECT_THAT(reader.integers("m", 0, 9), testing::ElementsAre(3, 5));
  EXPECT_EQ(refusal([&] { document.set("m.2=1"); }),
            "--set m.2: expected the number of a list element from 0 to 1 (x.yaml:2), found '2'");
  EXPECT_THAT(refusal([&] { document.set("m.x=1"); }), EndsWith("found 'x'"));
}

TEST_F(ConfigDocumentTest, NamesTheOptionWhereASettingIsWrong) {
  ConfigDocument document = load("run/b.yaml");
  document.set("accelerator.lanse=32");
  const ConfigReader reader = document.reader();
  const ConfigReader accelerator = reader.section("accelerator");
  accelerator.required_int("lanes", 1, 64);
  accelerator.section("dram").required_int("rows", 1, 64);
  accelerator.section("dram").required_int("banks", 1, 64);
  EXPECT_EQ(refusal([&] { reader.finish(); }),
            "--set accelerator.lanse: unknown key 'lanse' in accelerator; did you mean 'lanes'?");
  document.set("accelerator.lanes=0");
  EXPECT_EQ(
      refusal([&] { document.reader().section("accelerator").required_int("lanes", 1, 64); }),
      "--set accelerator.lanes: accelerator.lanes: expected an integer from 1 to 64, found '0'");
}

TEST_F(ConfigDocumentTest, NamesTheLineWhereASettingIsWrittenInAFile) {
  ConfigDocument document = ConfigDocument::load("run/a.yaml", {"accelerator"});
  document.set({"accelerator=../accelerator/large.yaml", {"run/matrix.yaml", 7}});
  EXPECT_EQ(document.reader().section("accelerator").required_int("lanes", 1, 64), 64)
      << "relative to the file";
  document.set({"accelerator.lanse=5", {"run/matrix.yaml", 8}});
  const ConfigReader reader = document.reader();
  reader.required_int("count", 1, 9);
  reader.section("accelerator").required_int("lanes", 1, 64);
  EXPECT_THAT(refusal([&] { reader.finish(); }),
              StartsWith("run/matrix.yaml:8: unknown key 'lanse'"));
  EXPECT_THAT(refusal([&] {
                document.set({"accelerator=none.yaml", {"run/matrix.yaml", 9}});
              }),
              StartsWith("run/matrix.yaml:9: accelerator: run/none.yaml"));
}

TEST_F(ConfigDocumentTest, RefusesSettingsThatAreNone) {
  ConfigDocument document = load("run/b.yaml");
  const auto set = [&](const std::string& text) { return refusal([&] { document.set(text); }); };
  EXPECT_EQ(set("lanes"), "--set lanes: expected key=value");
  EXPECT_THAT(set("=3"), HasSubstr("expected key=value"));
  EXPECT_THAT(set("a..b=3"), HasSubstr("expected key=value"));
  EXPECT_EQ(set("a={b: 1}"), "--set a: expected a single value or a list, found a mapping");
  EXPECT_THAT(set("a=[1"), StartsWith("--set a"));
  EXPECT_EQ(set("accelerator.lanes.x=1"),
            "--set accelerator.lanes.x: 'x' cannot be set, because the key above it has the single "
            "value '8' (run/b.yaml:3)");
}

TEST_F(ConfigDocumentTest, LeavesEarlierReadersAlone) {
  ConfigDocument document = load("run/a.yaml");
  const ConfigReader before = document.reader();
  document.set("count=9");
  EXPECT_EQ(before.required_int("count", 1, 9), 3);
}

TEST_F(ConfigDocumentTest, ResolvesPathsWhereTheyAreWritten) {
  write("run/p.yaml", "trace: ../t/x.csv\nother: y\n");
  ConfigDocument document = load("run/p.yaml");
  document.set("other=z.csv");
  const ConfigReader reader = document.reader();
  EXPECT_EQ(reader.required_path("trace"), "t/x.csv");
  EXPECT_EQ(reader.required_path("other"), "z.csv");
  EXPECT_EQ(reader.optional_path("none"), std::nullopt);
  EXPECT_THAT(refusal([&] { reader.required_path("missing"); }),
              HasSubstr("expected the name of a file"));
  EXPECT_EQ(to_yaml(reader.effective()), "trace: ../t/x.csv\nother: z.csv\n");
}

TEST_F(ConfigDocumentTest, KeepsAbsolutePathsOutOfTheEffectiveConfiguration) {
  const std::string absolute = (fs::current_path() / "x.csv").string();
  write("run/q.yaml", "trace: " + absolute + "\n");
  const ConfigReader reader = load("run/q.yaml").reader();
  EXPECT_EQ(reader.required_path("trace"), absolute);
  EXPECT_EQ(to_yaml(reader.effective()), "trace: x.csv\n");
}

}  // namespace
}  // namespace airnn
