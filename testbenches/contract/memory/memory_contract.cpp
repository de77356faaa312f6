// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/memory/memory_contract.h"

#include <algorithm>
#include <set>

#include "hw/memory/memory_commands.h"

namespace airnn::test {

namespace {

using Problems = std::vector<std::string>;
constexpr std::uint64_t kBursts = MemoryBench::kCapacity / 64;

/// A burst that comes twice is near, the others are anywhere.
std::uint64_t address_of(std::uint64_t n) {
  return 64 * ((n % 3 == 0 ? n : n * 7919 + 13) % kBursts);
}

/// Bursts of requests, and gaps between them.
std::vector<WantedRead> traffic(std::uint64_t count, std::uint64_t first = 0) {
  std::vector<WantedRead> wanted;
  for (std::uint64_t n = 0; n < count; ++n) {
    wanted.push_back({n / 40 * 500, address_of(first + n)});
  }
  return wanted;
}

Problems wrong_bytes(const std::vector<ReadLog>& reads) {
  const auto wrong = std::count_if(
      reads.begin(), reads.end(), [](const ReadLog& read) { return !MemoryBench::is_right(read); });
  return wrong == 0 ? Problems() : Problems{std::to_string(wrong) + " reads without their bytes"};
}

Problems bytes_are_those_stored(MemoryBench& bench) {
  Problems problems;
  for (std::uint64_t n = 0; n < 50; ++n) {
    const Problems wrong = wrong_bytes(bench.read({{0, address_of(n)}}));
    problems.insert(problems.end(), wrong.begin(), wrong.end());
  }
  return problems;
}

/// What the controller looks at ahead of time is what it will read; answering nothing is allowed.
Problems looks_show_the_same(MemoryBench& bench) {
  Problems problems;
  for (std::uint64_t n = 0; n < 50; ++n) {
    for (const bool backdoor : {false, true}) {
      ReadLog seen;
      seen.address = address_of(n);
      seen.arrived = 0;
      seen.status = tlm::TLM_OK_RESPONSE;
      const unsigned count = bench.look(backdoor, seen.address, seen.data.data());
      if (count != 64 ? backdoor || count != 0 : !MemoryBench::is_right(seen)) {
        problems.push_back("transport_dbg shows other bytes");
      }
    }
  }
  return problems;
}

Problems nothing_lies_behind_the_end(MemoryBench& bench) {
  Problems problems;
  std::array<std::uint8_t, 64> bytes{};
  if (bench.look(true, MemoryBench::kCapacity - 32, bytes.data()) != 32) {
    problems.push_back("transport_dbg is not cut off at the end");
  }
  const std::vector<ReadLog> reads =
      bench.read({{0, MemoryBench::kCapacity}, {0, MemoryBench::kCapacity - 64}});
  if (reads[0].is_ok()) {
    problems.push_back("a read behind the end is answered as if it were right");
  }
  if (!MemoryBench::is_right(reads[1])) {
    problems.push_back("a read after one behind the end is not answered");
  }
  return problems;
}

/// The machine never asks for them; an answer must not look right and be wrong.
Problems odd_reads_are_refused_or_right(MemoryBench& bench) {
  Problems problems;
  const std::vector<ReadLog> reads = bench.read({{0, 32}, {0, 64 * 5, 32}});
  if (reads[0].is_ok() && !MemoryBench::is_right(reads[0])) {
    problems.push_back("a read that is not aligned is answered with other bytes");
  }
  for (std::uint64_t i = 0; i < 32 && reads[1].is_ok(); ++i) {
    if (reads[1].data[i] != MemoryBench::byte_at(64 * 5 + i)) {
      problems.push_back("a short read is answered with other bytes");
      break;
    }
  }
  return problems;
}

/// Whatever it holds back or reorders.
Problems each_read_has_its_own_bytes(MemoryBench& bench) {
  return wrong_bytes(bench.read(traffic(400)));
}

Problems one_burst_comes_in_a_cycle(MemoryBench& bench) {
  std::set<Cycle> cycles;
  const std::vector<ReadLog> reads = bench.read(traffic(400));
  for (const ReadLog& read : reads) {
    cycles.insert(read.arrived);
  }
  return cycles.size() == reads.size() ? Problems() : Problems{"two bursts come in one cycle"};
}

Problems answers_come_one_way(MemoryBench& bench) {
  const std::vector<ReadLog> reads = bench.read(traffic(400));
  const auto in_call =
      std::count_if(reads.begin(), reads.end(), [](const ReadLog& read) { return read.in_call; });
  return in_call == 0 || in_call == static_cast<std::ptrdiff_t>(reads.size())
             ? Problems()
             : Problems{"reads of one fetch are answered in the call and later"};
}

/// What was before a memory settled does not show behind it.
Problems settling_forgets_what_was(MemoryBench& bench) {
  bench.settle();
  const std::vector<ReadLog> first = bench.read(traffic(300));
  bench.read(traffic(172, 1000));
  bench.wait_cycles(333);
  bench.settle();
  return bench.read(traffic(300)) == first
             ? Problems()
             : Problems{"the same reads go otherwise after other reads and Settle"};
}

/// Cycles in which a read is under way, and those that the unit says it worked in.
Problems work_is_told(MemoryBench& bench) {
  const Cycle begin = bench.clock().now();
  std::set<Cycle> due;
  for (const ReadLog& read : bench.read(traffic(300))) {
    for (Cycle t = read.requested; t < read.arrived; ++t) {
      due.insert(begin + t);
    }
  }
  std::set<Cycle> told;
  std::size_t count = 0;
  for (const auto& stretch : bench.working()) {
    for (Cycle t = stretch.first; t < stretch.second; ++t) {
      told.insert(t);
      ++count;
    }
  }
  Problems problems;
  if (told != due) {
    problems.push_back(std::to_string(told.size()) + " cycles of work are told of " +
                       std::to_string(due.size()) + ", or others");
  }
  if (count != told.size()) {
    problems.push_back("cycles are told twice");
  }
  return problems;
}

Problems commands_are_the_reads(MemoryBench& bench) {
  MemoryCommands* const commands = bench.memory().commands();
  if (commands == nullptr) {
    return {};
  }
  std::uint64_t reads = 0;
  Cycle last = 0;
  bool is_in_order = true;
  commands->on_command.listen([&](const CommandIssued& e) {
    reads += e.command == DramCommand::read || e.command == DramCommand::read_auto ? 1 : 0;
    is_in_order = is_in_order && e.cycle >= last;
    last = e.cycle;
  });
  commands->on_served.listen(
      [&](const RequestServed& e) { reads += e.outcome == RowOutcome::forwarded ? 1 : 0; });
  bench.read(traffic(300));
  commands->catch_up(bench.clock().now());
  Problems problems;
  if (reads != 300) {
    problems.push_back(std::to_string(reads) + " reads are told of 300");
  }
  if (!is_in_order) {
    problems.push_back("commands are not told in their order");
  }
  return problems;
}

Problems going_ahead_changes_nothing(MemoryBench& bench) {
  bench.settle();
  const std::vector<ReadLog> slow = bench.read(traffic(300));
  bench.settle();
  return bench.read(traffic(300), true) == slow
             ? Problems()
             : Problems{"reads go otherwise if the initiator looks ahead"};
}

KeptReads train_of(const std::vector<ReadLog>& reads) {
  std::vector<TimedRead> train;
  for (const ReadLog& read : reads) {
    train.push_back({read.requested, read.arrived, read.address, read.data.data()});
  }
  return std::make_shared<const std::vector<TimedRead>>(std::move(train));
}

/// Reads as a fetch, twice: the second time a memory may have learnt them.
std::vector<ReadLog> learnt(MemoryBench& bench) {
  std::vector<ReadLog> reads;
  for (int i = 0; i < 2; ++i) {
    bench.settle();
    bench.offer(nullptr);
    reads = bench.read(traffic(120), true);
  }
  bench.settle();
  return reads;
}

/// Cycles of work that were told since `from`.
Cycle work_since(const MemoryBench& bench, Cycle from) {
  Cycle sum = 0;
  for (const auto& stretch : bench.working()) {
    sum += stretch.second > from ? stretch.second - std::max(stretch.first, from) : 0;
  }
  return sum;
}

/// What follows goes as it does behind the reads themselves, and the work is the same.
Problems trains_are_exact(MemoryBench& bench) {
  const std::vector<ReadLog> reads = learnt(bench);
  const Cycle length = reads.back().arrived + 200;
  const Cycle first = bench.clock().now();
  bench.read(traffic(120), true);
  bench.wait_cycles(first + length - bench.clock().now());
  const std::vector<ReadLog> behind = bench.read(traffic(50, 77));
  const Cycle work = work_since(bench, first);
  bench.settle();
  const Cycle second = bench.clock().now();
  if (!bench.offer(train_of(reads)) && bench.read(traffic(120), true) != reads) {
    return {"the reads of a train that was refused go otherwise"};
  }
  bench.wait_cycles(second + length - bench.clock().now());
  if (bench.read(traffic(50, 77)) != behind) {
    return {"behind a train reads go otherwise than behind its reads"};
  }
  return work_since(bench, second) == work ? Problems()
                                           : Problems{"a train is other work than its reads"};
}

/// A train with something wrong must be refused, and leave no trace.
Problems wrong_train(MemoryBench& bench, const std::vector<ReadLog>& wrong,
                     const std::vector<ReadLog>& right) {
  if (bench.offer(train_of(wrong))) {
    return {"a train is taken that the memory would not serve so"};
  }
  return bench.read(traffic(120), true) == right
             ? Problems()
             : Problems{"a train that was refused left a trace"};
}

Problems trains_with_wrong_bytes_are_refused(MemoryBench& bench) {
  const std::vector<ReadLog> reads = learnt(bench);
  std::vector<ReadLog> wrong = reads;
  wrong[100].data[63] ^= 1;
  return wrong_train(bench, wrong, reads);
}

Problems trains_with_wrong_cycles_are_refused(MemoryBench& bench) {
  const std::vector<ReadLog> reads = learnt(bench);
  std::vector<ReadLog> wrong = reads;
  ++wrong.back().arrived;
  return wrong_train(bench, wrong, reads);
}

Problems blocking_calls_without_command_take_no_time(MemoryBench& bench) {
  Problems problems;
  for (int i = 0; i < 3; ++i) {
    if (bench.ask_nothing() != sc_core::SC_ZERO_TIME) {
      problems.push_back("a blocking call with TLM_IGNORE_COMMAND takes time");
    }
    bench.read(traffic(5));
  }
  return problems;
}

}  // namespace

const std::vector<MemoryClause>& memory_clauses() {
  static const std::vector<MemoryClause> clauses = {
      {"BytesAreThoseStored", bytes_are_those_stored},
      {"LooksShowTheSame", looks_show_the_same},
      {"NothingLiesBehindTheEnd", nothing_lies_behind_the_end},
      {"OddReadsAreRefusedOrRight", odd_reads_are_refused_or_right},
      {"EachReadHasItsOwnBytes", each_read_has_its_own_bytes},
      {"OneBurstComesInACycle", one_burst_comes_in_a_cycle},
      {"AnswersComeOneWay", answers_come_one_way},
      {"SettlingForgetsWhatWas", settling_forgets_what_was},
      {"WorkIsTold", work_is_told},
      {"CommandsAreTheReads", commands_are_the_reads},
      {"GoingAheadChangesNothing", going_ahead_changes_nothing},
      {"TrainsAreExact", trains_are_exact},
      {"TrainsWithWrongBytesAreRefused", trains_with_wrong_bytes_are_refused},
      {"TrainsWithWrongCyclesAreRefused", trains_with_wrong_cycles_are_refused},
      {"BlockingCallsWithoutCommandTakeNoTime", blocking_calls_without_command_take_no_time},
  };
  return clauses;
}

}  // namespace airnn::test
