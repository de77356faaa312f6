// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/workers/worker_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>

#include "hw/sim/workers/worker_process.h"
#include "sw/results/record_codec.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;
using Bytes = std::vector<std::uint8_t>;

/// What a worker says with `work`.
struct Heard {
  bool has_record = false;
  RunFailure failure = {FailureKind::stopped, ""};  ///< as it is without one
};

Heard heard(const std::function<void(int)>& work) {
  SharedStop stop;
  WorkerProcess worker("worker process 1 of 2", stop, work);
  while (worker.pipe() >= 0) {
    worker.receive();
  }
  return {worker.record().has_value(),
          worker.failure().value_or(RunFailure{FailureKind::stopped, ""})};
}

void send(int pipe, WorkerMessage kind, const Bytes& content) {
  send_message(pipe, kind, {content.data(), content.size()});
}

TEST(WorkerMessages, ArriveInAnyPieces) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  const Bytes content(300, 7);
  send_message(ends[1], WorkerMessage::record, {});
  send(ends[1], WorkerMessage::record, content);
  send_failure(ends[1], {FailureKind::hang, "it hangs"});
  close(ends[1]);
  MessageReader reader;
  std::vector<std::pair<WorkerMessage, Bytes>> taken;
  std::uint8_t byte = 0;
  while (::read(ends[0], &byte, 1) == 1) {
    reader.add(&byte, 1);
    reader.take_all([&](WorkerMessage kind, ByteView bytes) {
      taken.emplace_back(kind, Bytes(bytes.begin(), bytes.end()));
    });
  }
  close(ends[0]);
  ASSERT_EQ(taken.size(), 3U);
  EXPECT_EQ(taken[0].first, WorkerMessage::record);
  EXPECT_TRUE(taken[0].second.empty());
  EXPECT_EQ(taken[1].second, content);
  const RunFailure failure =
      decode_failure({taken[2].second.data(), taken[2].second.size()}, "worker");
  EXPECT_EQ(failure.kind, FailureKind::hang);
  EXPECT_EQ(failure.message, "it hangs");
}

void send_to_nobody() {
  std::array<int, 2> ends{};
  std::signal(SIGPIPE, SIG_IGN);
  if (pipe(ends.data()) == 0) {
    close(ends[0]);
    send(ends[1], WorkerMessage::record, Bytes(10, 1));
  }
  std::exit(EXIT_SUCCESS);
}

TEST(WorkerMessages, EndAProcessThatNobodyListensTo) {
  EXPECT_EXIT(send_to_nobody(), testing::ExitedWithCode(EXIT_FAILURE), "");
}

TEST(WorkerMessages, ThatAreDamagedAreAFaultOfTheProgram) {
  const Heard record = heard([](int pipe) { send(pipe, WorkerMessage::record, {1, 2, 3}); });
  EXPECT_FALSE(record.has_record);
  EXPECT_EQ(record.failure.kind, FailureKind::internal);
  EXPECT_THAT(record.failure.message, HasSubstr("worker process 1 of 2: not the record of a run"));
  for (const Bytes& content : {Bytes(), Bytes{200, 'x'}}) {
    const Heard failure = heard([&](int pipe) { send(pipe, WorkerMessage::failure, content); });
    EXPECT_EQ(failure.failure.kind, FailureKind::internal);
    EXPECT_EQ(failure.failure.message, "worker process 1 of 2 sent a failure of no kind");
  }
}

TEST(WorkerMessages, ThatAreCutOffAreNoResult) {
  const Heard cut = heard([](int pipe) {
    const std::array<std::uint8_t, 12> part = {0, 100};  // a record of 100 bytes, it says
    if (write(pipe, part.data(), part.size()) < 0) {
      _exit(99);
    }
  });
  EXPECT_FALSE(cut.has_record);
  EXPECT_EQ(cut.failure.kind, FailureKind::internal);
  EXPECT_THAT(cut.failure.message, HasSubstr("ended without a result"));
}

TEST(WorkerMessages, OfAProcessThatClosesItsPipeAreNoResult) {
  const Heard closed = heard([](int pipe) {
    close(pipe);
    _exit(0);
  });
  EXPECT_EQ(closed.failure.kind, FailureKind::internal);
  EXPECT_THAT(closed.failure.message, HasSubstr("ended without a result, exit code 0"));
}

TEST(WorkerMessages, OfAProcessWithoutMemoryEvenForAMessageSaySo) {
  constexpr int kNoMemory = 12;  // as it exits then
  const Heard none = heard([](int) { _exit(kNoMemory); });
  EXPECT_EQ(none.failure.kind, FailureKind::resources);
  EXPECT_THAT(none.failure.message, HasSubstr("worker process 1 of 2: "));
  EXPECT_THAT(none.failure.message, HasSubstr("memory"));
}

TEST(WorkerMessages, ARecordAndAFailureAreBothKept) {
  const Heard both = heard([](int pipe) {
    send(pipe, WorkerMessage::record, encode_record(RunRecord()));
    send_failure(pipe, {FailureKind::rule, "P3"});
  });
  EXPECT_TRUE(both.has_record);
  EXPECT_EQ(both.failure.kind, FailureKind::rule);
}

}  // namespace
}  // namespace airnn::test
