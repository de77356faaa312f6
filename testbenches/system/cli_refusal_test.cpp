// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <filesystem>

#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

class CliRefusal : public CliTest {
 protected:
  void expect_compile_refused(const Words& options, const std::string& message,
                              const ProgramSetting& setting = {}) const {
    Words words{"compile", model("lenet5.onnx"), "-o", "a.airnn"};
    words.insert(words.end(), options.begin(), options.end());
    expect_refused(words, message, setting);
  }
};

TEST_F(CliRefusal, SuggestsTheNearestCommandAndOption) {
  expect_refused({"compil", "m.onnx"}, "unknown command 'compil'");
  expect_refused({"inspekt"}, "did you mean 'inspect'?");
  expect_refused({"compile", "m.onnx", "--clustrs", "8"}, "did you mean '--clusters'?");
  expect_refused({"compile", "m.onnx", "-o", "a", "--clustrs=8"}, "unknown option '--clustrs'");
  expect_refused({"digits", "--cuont", "8", "-o", "a"}, "did you mean '--count'?");
  expect_refused({"--versoin"}, "did you mean '--version'?");
}

TEST_F(CliRefusal, NamesWhatIsMissingOrTooMuch) {
  expect_refused({}, "no command given; expected compile, inspect");
  expect_refused({"compile", "-o", "a"}, "model is required (see 'airnn compile --help')");
  expect_refused({"compile", "m.onnx"}, "--output is required");
  expect_refused({"compile", "m.onnx", "-o"}, "--output: nothing follows it");
  expect_refused({"compile", "m.onnx", "-o", "a", "-o", "b"}, "--output: given more than once");
  expect_refused({"inspect", "a.airnn", "b.airnn"}, "unexpected argument 'b.airnn'");
  expect_refused({"inspect", "a.airnn", "--json=b"}, "--json: takes no value");
}

TEST_F(CliRefusal, RefusesWrongValuesOfOptions) {
  expect_compile_refused({"--scheme", "itrative"}, "did you mean 'iterative'?");
  expect_compile_refused({"--scheme", "interleave"}, "did you mean 'interleaved'?");
  expect_compile_refused({"--batch-order", "minmax"}, "--batch-order: 'minmax'; expected maxmin");
  expect_compile_refused({"--init", "optimum"}, "did you mean 'optimal'?");
  expect_compile_refused({"--precision", "24"}, "--precision: '24'; expected 32, 16, 8");
  expect_compile_refused({"--index-width", "12"}, "--index-width: '12'; expected auto, 8, 16, 32");
  expect_compile_refused({"--index-width", "8"}, "--index-width: 8 bits");
  expect_compile_refused({"--seed", "-1"}, "--seed: '-1'");
  expect_compile_refused({"--jobs", "0"}, "--jobs: '0'; expected an integer from 1");
  expect_compile_refused({"--jobs", "many"}, "--jobs: 'many'");
  expect_compile_refused({"--mean", "1,x"}, "--mean: 'x'; expected a number");
  expect_compile_refused({"--mean", "1,2"}, "--mean: 2 numbers; expected 1 or 1");
  expect_compile_refused({"--std", "0"}, "--std: '0'");
  expect_compile_refused({"--scale", "nan"}, "--scale: 'nan'");
  expect_compile_refused({"--always-loaded", "first,,last"}, "names separated by commas");
  expect_compile_refused({"--always-loaded", "frst"}, "--always-loaded: no layer");
}

TEST_F(CliRefusal, RefusesWrongValuesOfInterleaving) {
  const auto refused = [&](const Words& options, const std::string& message) {
    Words words{"--scheme", "interleaved"};
    words.insert(words.end(), options.begin(), options.end());
    expect_compile_refused(words, message);
  };
  refused({"--policy", "blocks"}, "did you mean 'block'?");
  refused({"--grouping", "greed"}, "did you mean 'greedy'?");
  for (const char* number : {"3", "0", "-4", "256", "4.0", "atuo", ""}) {
    refused({"--blocks", number},
            std::string("--blocks: '") + number + "'; expected auto, 1, 2, 4, 8, 16, 32, 64, 128");
  }
  refused({"--policy", "position", "--blocks", "4"}, "--blocks: policy position has no blocks");
  refused({"--interleaved-iterations", "0"}, "--interleaved-iterations: '0'");
  refused({"--interleaved-iterations", "all"}, "--interleaved-iterations: 'all'");
}

TEST_F(CliRefusal, RefusesOptionsOfInterleavingForOtherSchemes) {
  const std::vector<Words> options{{"--policy", "block"},
                                   {"--blocks", "auto"},
                                   {"--grouping", "greedy"},
                                   {"--interleaved-iterations", "3"}};
  for (const Words& option : options) {
    for (const std::string scheme : {"base", "iterative"}) {
      expect_compile_refused(
          {"--scheme", scheme, option[0], option[1]},
          option[0] + ": belongs to --scheme interleaved; the scheme is " + scheme);
    }
    expect_compile_refused(option, "belongs to --scheme interleaved");
  }
}

TEST_F(CliRefusal, RefusesWrongNumbersOfClusters) {
  for (const char* number : {"0", "-1", "257", "99999999999999999999", "ten", "", "4.5"}) {
    expect_compile_refused({"--clusters", number}, "expected elbow or a number from 1 to 256");
  }
  expect_compile_refused({"--clusters", "/3/Cnv=4"}, "the nearest name is '/3/Conv'");
  expect_compile_refused({"--clusters", "/3/Conv=4,/3/Conv=5"}, "comes twice");
}

TEST_F(CliRefusal, RefusesModelsThatCannotBeRead) {
  expect_refused({"compile", "none.onnx", "-o", "a.airnn"}, "none.onnx: ");
  expect_refused({"compile", ".", "-o", "a.airnn"}, "airnn: .: ");
  std::string bytes;
  {
    std::filesystem::copy_file(model("lenet5.onnx"), path("whole.onnx"));
    bytes = bytes_of("whole.onnx");
  }
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{10}, bytes.size() / 2, bytes.size() - 1}) {
    write("cut.onnx", bytes.substr(0, length));
    expect_refused({"compile", "cut.onnx", "-o", "a.airnn"}, "cut.onnx: ");
  }
  std::string garbage(5000, '\0');
  unsigned state = 1;
  for (char& c : garbage) {
    state = state * 1664525U + 1013904223U;
    c = static_cast<char>(state >> 24);
  }
  write("garbage.onnx", garbage);
  expect_refused({"compile", "garbage.onnx", "-o", "a.airnn"}, "garbage.onnx: ");
}

TEST_F(CliRefusal, RefusesOtherInputsThatDoNotFit) {
  write("bad.yaml", "preprocess: {sclae: 2.0}\n");
  expect_compile_refused({"--preprocess", "bad.yaml"}, "bad.yaml:1");
  expect_compile_refused({"--preprocess", "none.yaml"}, "none.yaml");
  expect_compile_refused({"--calibrate", "none.idx"}, "none.idx");
  good({"digits", "--count", "2", "-o", "d"});
  expect_refused({"compile", model("cifar10.onnx"), "-o", "a.airnn", "--calibrate", "d-images.idx"},
                 "d-images.idx");
  expect_compile_refused({"--calibrate", "d-images.idx", "--calibrate-count", "0"},
                         "--calibrate-count: '0'");
}

TEST_F(CliRefusal, FindsOutBeforehandThatAnOutputCannotBeCreated) {
  const std::string source = model("lenet5.onnx");
  write("file", "");
  std::filesystem::create_directory(path("folder"));
  expect_refused({"compile", source, "-o", "none/a.airnn"},
                 "--output: none/a.airnn: cannot create");
  expect_refused({"compile", source, "-o", "file/a.airnn"}, "Not a directory");
  expect_refused({"compile", source, "-o", "folder"}, "--output: 'folder' is a folder");
  expect_refused({"compile", source, "-o", "/proc/a.airnn"},
                 "--output: /proc/a.airnn: cannot create");
  expect_compile_refused({"--json", "none/a.json"}, "--json: none/a.json: cannot create");
  expect_compile_refused({"--json", "./a.airnn"}, "the same file as --output");
  expect_refused({"digits", "--count", "1", "-o", "none/d"}, "none/d-images.idx");
}

TEST_F(CliRefusal, DoesNotOverwriteTheModel) {
  std::filesystem::copy_file(model("lenet5.onnx"), path("m.onnx"));
  const std::string before = bytes_of("m.onnx");
  expect_refused({"compile", "m.onnx", "-o", "./m.onnx"}, "the same file as the model");
  EXPECT_TRUE(bytes_of("m.onnx") == before);
}

TEST_F(CliRefusal, LeavesNothingBehindOnAFullDisk) {
  ProgramSetting full;
  full.file_size_limit = 100'000;
  expect_compile_refused({}, "a.airnn: cannot write it: File too large", full);
  expect_compile_refused({"--json", "a.json"}, "cannot write it", full);
  expect_refused({"digits", "--count", "500", "-o", "d"}, "d-images.idx: cannot write it", full);
  expect_refused({"compile", model("lenet5.onnx"), "-o", "/dev/full"}, "No space left");
}

TEST_F(CliRefusal, KeepsTheFormerImageIfTheNewOneCannotBeWritten) {
  write("a.airnn", "what was there");
  ProgramSetting full;
  full.file_size_limit = 100'000;
  expect_compile_refused({}, "cannot write it", full);
  EXPECT_EQ(bytes_of("a.airnn"), "what was there");
}

TEST_F(CliRefusal, WritesOneLineEvenIfANameHasSeveral) {
  expect_refused({"inspect", "two\nlines"}, "two\\nlines");
}

}  // namespace
}  // namespace airnn::test
