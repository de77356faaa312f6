// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/executor_contract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testbenches/contract/added_executors.h"
#include "testbenches/contract/added_tables.h"
#include "testbenches/support/effort.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

const int kGraphs = static_cast<int>(drawn_cases(150));

template <typename Broken>
std::string rule_that_breaks() {
  return broken_rule([] { return std::make_unique<Broken>(); }, kGraphs, 1);
}

TEST(ExecutorContract, IsKeptByTheBuiltInOneAndByThoseAddedFromOutside) {
  const CampaignTables tables = added_tables();
  ASSERT_GT(tables.executors.size(), CampaignTables().executors.size());
  for (const NamedExecutor& executor : tables.executors) {
    for (const unsigned workers : {1U, 4U}) {
      EXPECT_EQ(broken_rule([&] { return tables.make_executor(executor.name, workers); }, kGraphs,
                            workers),
                "")
          << executor.name;
    }
  }
}

TEST(ExecutorContract, NoTaskRunsBeforeWhatItBuildsOn) {
  EXPECT_THAT(rule_that_breaks<ImpatientExecutor>(), HasSubstr("before what it builds on"));
}

TEST(ExecutorContract, NoTaskRunsTwice) {
  EXPECT_THAT(rule_that_breaks<RepeatingExecutor>(), HasSubstr("twice"));
}

TEST(ExecutorContract, EveryTaskComesToItsEnd) {
  EXPECT_THAT(rule_that_breaks<ForgetfulExecutor>(), HasSubstr("left open"));
  EXPECT_THAT(rule_that_breaks<DiscouragedExecutor>(), HasSubstr("left open"));
}

TEST(ExecutorContract, WhatIsDoneIsThere) {
  EXPECT_THAT(rule_that_breaks<LyingExecutor>(), HasSubstr("is not there"));
}

TEST(ExecutorContract, AFailureKeepsItsKind) {
  EXPECT_THAT(rule_that_breaks<BlurringExecutor>(), HasSubstr("ends as '4 "));
}

}  // namespace
}  // namespace airnn::test
