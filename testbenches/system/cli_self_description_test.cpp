// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <sstream>

#include "sw/cli/command.h"
#include "sw/cli/commands.h"
#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class CliSelfDescription : public CliTest {
 protected:
  CliSelfDescription() : commands_(make_commands()) {
    for (const auto& command : commands_) {
      command->add_to(program_);
    }
  }

  template <typename Check>
  void for_each_command(const Check& check) const {
    int count = 0;
    for (const auto& command : program_.subcommands()) {
      if (!command->is_hidden()) {
        SCOPED_TRACE(command->name());
        check(*command);
        ++count;
      }
    }
    EXPECT_GE(count, 9);
  }

  /// What bash offers for the last of these words.
  Words offered(const Words& words) const {
    std::string line = "source ./airnn.bash; COMP_WORDS=(";
    for (const std::string& word : words) {
      line += "'" + word + "' ";
    }
    line += "); COMP_CWORD=" + std::to_string(words.size() - 1) +
            "; _airnn; for w in \"${COMPREPLY[@]}\"; do echo \"$w\"; done";
    return lines_of("/bin/bash", {"--norc", "-c", line});
  }

  /// What zsh offers for the last word of a line when it has read a script.
  Words offered_by_zsh(const std::string& line, const std::string& script = "./airnn.zsh") const {
    return lines_of(AIRNN_ZSH, {source_path("testbenches/system/zsh_offers"), script, line});
  }

  Options program_;
  std::vector<std::unique_ptr<Command>> commands_;

 private:
  Words lines_of(const std::string& program, const Words& arguments) const {
    ProgramSetting setting;
    setting.folder = path("");
    const ProgramRun run = run_program(program, arguments, setting);
    EXPECT_EQ(run.err, "");
    std::istringstream out(run.out);
    Words lines;
    for (std::string line; std::getline(out, line);) {
      lines.push_back(line);
    }
    return lines;
  }
};

class CliZsh : public CliSelfDescription {
 protected:
  void SetUp() override {
    if (std::string(AIRNN_ZSH).empty()) {
      GTEST_SKIP() << "zsh was not found when the build was configured";
    }
    write("airnn.zsh", good({"completion", "zsh"}));
  }
};

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t begin = text.find(from);
  if (begin == std::string::npos) {
    return "";
  }
  return text.substr(begin, text.find(to, begin + from.size()) - begin);
}

std::string with_hyphens(std::string text) {
  for (std::size_t at = text.find('-'); at != std::string::npos; at = text.find('-', at + 2)) {
    text.insert(at, "\\");
  }
  return text;
}

TEST_F(CliSelfDescription, ManualHasEveryOptionOfEveryCommand) {
  const std::string manual = good({"manual"});
  for_each_command([&](const Options& command) {
    const std::string section = between(manual, ".SS airnn " + command.name() + "\n", "\n.S");
    for (const Option& option : command.options()) {
      const std::string name = option.is_argument() ? "\\fI" + with_hyphens(option.type())
                                                    : "\\fB" + with_hyphens(option.name());
      EXPECT_THAT(section, HasSubstr(name + "\\fR")) << option.name();
    }
  });
  EXPECT_THAT(manual, Not(HasSubstr("airnn manual")));
}

TEST_F(CliSelfDescription, ManualDoesNotDependOnTheMachine) {
  EXPECT_THAT(between(good({"manual"}), "\\fB\\-\\-jobs\\fR", ".TP"),
              HasSubstr("(default: one per processor)"));
}

TEST_F(CliSelfDescription, BashCompletesEveryOptionOfEveryCommand) {
  write("airnn.bash", good({"completion", "bash"}));
  for_each_command([&](const Options& command) {
    const Words offers = offered({"airnn", command.name(), "-"});
    for (const Option& option : command.options()) {
      if (!option.is_argument()) {
        EXPECT_THAT(offers, testing::IsSupersetOf(option.names()));
      }
    }
  });
}

TEST_F(CliSelfDescription, BashCompletesCommandsAndValues) {
  write("airnn.bash", good({"completion", "bash"}));
  EXPECT_THAT(offered({"airnn", "in"}), testing::ElementsAre("inspect"));
  EXPECT_THAT(offered({"airnn", "compile", "x.onnx", "--sch"}), testing::ElementsAre("--scheme"));
  EXPECT_THAT(offered({"airnn", "compile", "--scheme", "i"}),
              testing::ElementsAre("iterative", "interleaved"));
  EXPECT_THAT(offered({"airnn", "simulate", "--images", "x"}), testing::IsEmpty());  // a file
}

TEST_F(CliZsh, CompletesEveryOptionOfEveryCommand) {
  for_each_command([&](const Options& command) {
    const Words offers = offered_by_zsh("airnn " + command.name() + " -");
    for (const Option& option : command.options()) {
      if (!option.is_argument()) {
        EXPECT_THAT(offers, testing::IsSupersetOf(option.names()));
      }
    }
  });
}

TEST_F(CliZsh, CompletesCommandsValuesAndFiles) {
  write("images.idx", "");
  EXPECT_THAT(offered_by_zsh("airnn in"), testing::ElementsAre("inspect"));
  EXPECT_THAT(offered_by_zsh("airnn "), testing::IsSupersetOf({"compile", "simulate", "evaluate"}));
  EXPECT_THAT(offered_by_zsh("airnn compile x.onnx --sch"), testing::ElementsAre("--scheme"));
  EXPECT_THAT(offered_by_zsh("airnn compile --scheme i"),
              testing::UnorderedElementsAre("iterative", "interleaved"));
  EXPECT_THAT(offered_by_zsh("airnn simulate --images im"), testing::ElementsAre("images.idx"));
  EXPECT_THAT(offered_by_zsh("airnn simulate im"), testing::ElementsAre("images.idx"));
}

TEST_F(CliZsh, FindsTheScriptInItsPath) {
  write("_airnn", good({"completion", "zsh"}));
  EXPECT_THAT(offered_by_zsh("airnn in", "/dev/null"), testing::ElementsAre("inspect"));
}

TEST_F(CliSelfDescription, FishCompletesEveryOptionOfEveryCommand) {
  const std::string script = good({"completion", "fish"});
  for_each_command([&](const Options& command) {
    EXPECT_THAT(script, HasSubstr(" -a " + command.name() + " "));
    for (const Option& option : command.options()) {
      if (!option.is_argument()) {
        EXPECT_THAT(script, testing::ContainsRegex("__fish_seen_subcommand_from " + command.name() +
                                                   "'.* -l " + option.name().substr(2) + " "));
      }
    }
  });
  expect_refused({"completion", "bsh"}, "did you mean 'bash'?");
}

}  // namespace
}  // namespace airnn::test
