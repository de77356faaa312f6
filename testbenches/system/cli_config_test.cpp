// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;
using testing::Not;

using CliConfig = CliTest;

TEST_F(CliConfig, ListsAllKeysOfARun) {
  const std::string text = good({"config", "--list"});
  for (const char* line :
       {"accelerator.lanes                   16       1 .. 64          Weights per beat\n",
        "memory.model  required  flat, ddr3  Which memory the machine has\n",
        "energy.actions.<action>.pj", "faults.<n>.kind", "accelerator.layers.<layer>."}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

TEST_F(CliConfig, ListsTheKeysThatBeginSo) {
  const std::string text = good({"config", "--list", "memory.latency"});
  EXPECT_EQ(text,
            "memory of model flat\n"
            "key                    default  range         meaning\n"
            "memory.latency_cycles  120      1 .. 1000000  Latency of a burst that meets an idle "
            "memory\n");
}

TEST_F(CliConfig, ListsKeysAsADocument) {
  const Json keys = Json::parse(good({"config", "--list", "--json"}))["keys"];
  const auto entry = [&](const std::string& key) {
    for (const Json& found : keys) {
      if (found["key"] == key) {
        return found;
      }
    }
    return Json();
  };
  const Json lanes = entry("accelerator.lanes");
  EXPECT_EQ(lanes["type"], "integer");
  EXPECT_EQ(lanes["default"], 16);
  EXPECT_EQ(lanes["min"], 1);
  EXPECT_EQ(lanes["max"], 64);
  EXPECT_EQ(lanes["meaning"], "Weights per beat");
  EXPECT_EQ(entry("threshold")["default"], 0.9);
  EXPECT_EQ(entry("memory.controller.refresh")["default"], true);
  EXPECT_EQ(entry("memory.controller.page_policy")["values"], Json({"open", "closed", "adaptive"}));
  EXPECT_EQ(entry("memory.timing.xp")["default"], "JESD79-3");
  EXPECT_FALSE(entry("memory.timing.cl").contains("default")) << "required";
}

TEST_F(CliConfig, RefusesAKeyThatNoRunHas) {
  const ProgramRun run = airnn({"config", "--list", "accelerator.lines"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.err,
            "airnn: no key of a run begins with 'accelerator.lines'; did you mean "
            "'accelerator.lanes'?\n");
  EXPECT_EQ(airnn({"config"}).exit_code, 2);
}

}  // namespace
}  // namespace airnn::test
