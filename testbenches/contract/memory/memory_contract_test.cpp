// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/memory/memory_contract.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "hw/memory/ddr3/ddr3_controller.h"
#include "hw/memory/flat/flat_memory.h"
#include "testbenches/contract/memory/fixed_memory.h"
#include "testbenches/contract/memory/flawed_memory.h"
#include "testbenches/support/random_ddr3.h"
#include "testbenches/support/sim_test.h"

namespace airnn::test {
namespace {

using testing::IsEmpty;

struct KnownMemory {
  const char* name;
  MemoryModel (*make)();
};

/// Every memory of the project, in several forms, and those that are none.
const std::vector<KnownMemory>& memories() {
  static const std::vector<KnownMemory> all = {
      {"Flat", [] { return flat_memory({}); }},
      {"FlatWithGaps",
       [] {
         return flat_memory({17, 4, 0});
       }},
      {"FlatAtOnce",
       [] {
         return flat_memory({1, 1, 0});
       }},
      {"Ddr3", [] { return ddr3_memory({}); }},
      {"Ddr3OfAnyKind", [] { return ddr3_memory(random_ddr3(3)); }},
      {"Ddr3OfAnotherKind", [] { return ddr3_memory(random_ddr3(8)); }},
      {"Fixed", [] { return fixed_memory(); }},
      {"FixedInTheCall",
       [] {
         return fixed_memory({7, true, false});
       }},
      {"WithoutFlaw", [] { return flawed_memory(Flaw::none); }},
  };
  return all;
}

const MemoryClause& clause_of(const std::string& name) {
  for (const MemoryClause& clause : memory_clauses()) {
    if (clause.name == name) {
      return clause;
    }
  }
  throw std::logic_error("no clause " + name);
}

/// Stores the bench's bytes, as the host would, and checks a clause.
class MemoryContract : public SimTest {
 protected:
  std::vector<std::string> problems_of(const MemoryModel& model, const MemoryClause& clause) {
    MemoryBench bench("bench", model, clock_);
    std::vector<std::string> problems;
    run([&] {
      bench.store();
      problems = clause.check(bench);
    });
    trains_taken_ = bench.trains_taken();
    const std::vector<std::string> seen = bench.problems();
    problems.insert(problems.end(), seen.begin(), seen.end());
    return problems;
  }

  unsigned trains_taken_ = 0;
};

/// Else what is said of trains would be said of none.
class OwnMemory : public MemoryContract, public testing::WithParamInterface<bool> {};

TEST_P(OwnMemory, TakesTrainsThatItKnows) {
  problems_of(GetParam() ? ddr3_memory({}) : flat_memory({}), clause_of("TrainsAreExact"));
  EXPECT_EQ(trains_taken_, 1U);
}

INSTANTIATE_TEST_SUITE_P(FlatAndDdr3, OwnMemory, testing::Bool());

class EveryMemory : public MemoryContract,
                    public testing::WithParamInterface<std::tuple<std::size_t, std::size_t>> {};

TEST_P(EveryMemory, KeepsTheContract) {
  const KnownMemory& memory = memories()[std::get<0>(GetParam())];
  const MemoryClause& clause = memory_clauses()[std::get<1>(GetParam())];
  EXPECT_THAT(problems_of(memory.make(), clause), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Clauses, EveryMemory,
                         testing::Combine(testing::Range<std::size_t>(0, 9),
                                          testing::Range<std::size_t>(0, 15)),
                         [](const testing::TestParamInfo<EveryMemory::ParamType>& test) {
                           return std::string(memories()[std::get<0>(test.param)].name) +
                                  memory_clauses()[std::get<1>(test.param)].name;
                         });

/// Which clause catches which flaw.
struct CaughtFlaw {
  Flaw flaw;
  const char* clause;
};

const std::vector<CaughtFlaw>& caught_flaws() {
  static const std::vector<CaughtFlaw> all = {
      {Flaw::alters_a_byte, "BytesAreThoseStored"},
      {Flaw::looks_elsewhere, "LooksShowTheSame"},
      {Flaw::answers_behind_its_end, "NothingLiesBehindTheEnd"},
      {Flaw::rounds_addresses, "OddReadsAreRefusedOrRight"},
      {Flaw::mixes_up_reads, "EachReadHasItsOwnBytes"},
      {Flaw::forgets_a_read, "EachReadHasItsOwnBytes"},
      {Flaw::answers_at_once, "EachReadHasItsOwnBytes"},
      {Flaw::answers_twice_in_a_cycle, "OneBurstComesInACycle"},
      {Flaw::answers_both_ways, "AnswersComeOneWay"},
      {Flaw::remembers_through_settle, "SettlingForgetsWhatWas"},
      {Flaw::works_in_secret, "WorkIsTold"},
      {Flaw::tells_work_twice, "WorkIsTold"},
      {Flaw::forgets_a_command, "CommandsAreTheReads"},
      {Flaw::is_faster_ahead, "GoingAheadChangesNothing"},
      {Flaw::breaks_its_silence, "GoingAheadChangesNothing"},
      {Flaw::takes_trains_for_nothing, "TrainsWithWrongCyclesAreRefused"},
      {Flaw::serves_refused_trains, "TrainsAreExact"},
      {Flaw::hides_work_of_trains, "TrainsAreExact"},
      {Flaw::believes_bytes_of_trains, "TrainsWithWrongBytesAreRefused"},
      {Flaw::believes_cycles_of_trains, "TrainsWithWrongCyclesAreRefused"},
      {Flaw::refuses_blocking_calls, "BlockingCallsWithoutCommandTakeNoTime"},
      {Flaw::takes_time_for_blocking_calls, "BlockingCallsWithoutCommandTakeNoTime"},
  };
  return all;
}

class EveryFlaw : public MemoryContract, public testing::WithParamInterface<std::size_t> {};

TEST_P(EveryFlaw, IsCaughtByItsClause) {
  const CaughtFlaw& caught = caught_flaws()[GetParam()];
  EXPECT_FALSE(problems_of(flawed_memory(caught.flaw), clause_of(caught.clause)).empty());
}

INSTANTIATE_TEST_SUITE_P(Flaws, EveryFlaw, testing::Range<std::size_t>(0, 22),
                         [](const testing::TestParamInfo<std::size_t>& test) {
                           return std::to_string(test.param) + "By" +
                                  caught_flaws()[test.param].clause;
                         });

TEST(MemoryClauses, EachCatchesAFlaw) {
  ASSERT_EQ(caught_flaws().size(), 22U);
  ASSERT_EQ(memory_clauses().size(), 15U);
  for (const MemoryClause& clause : memory_clauses()) {
    const auto catches = [&clause](const CaughtFlaw& caught) {
      return std::string(caught.clause) == clause.name;
    };
    EXPECT_TRUE(std::any_of(caught_flaws().begin(), caught_flaws().end(), catches)) << clause.name;
  }
}

}  // namespace
}  // namespace airnn::test
