// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "hw/memory/memory_commands.h"
#include "hw/sim/workers/parallel_run.h"
#include "hw/top/accelerator.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/ahead_filter.h"
#include "testbenches/support/random_ddr3.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

using Bytes = std::vector<std::uint8_t>;
constexpr std::uint32_t kInputs = 6;

/// Puts a filter in front of the memory.
class FilteredMemory final : public WiringStage {
 public:
  explicit FilteredMemory(Ahead ahead) : ahead_(ahead) {}

  tlm::tlm_target_socket<>& insert(const Binding& binding, tlm::tlm_target_socket<>& to) override {
    if (binding.receiver() != "ddr3_controller.bus") {
      return to;
    }
    filter_ = std::make_unique<AheadFilter>("filter", ahead_);
    filter_->to_target.bind(to);
    return filter_->from_initiator;
  }

  std::uint64_t trains_taken() const { return filter_->trains_taken(); }

 private:
  const Ahead ahead_;
  std::unique_ptr<AheadFilter> filter_;
};

/// Numbers as bytes, as a child process hands them over.
class NumberList {
 public:
  void add(std::uint64_t number) {
    for (int byte = 0; byte < 8; ++byte) {
      bytes_.push_back(static_cast<std::uint8_t>(number >> 8 * byte));
    }
  }
  Bytes take() { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

/// A random network on a random DDR3 memory, whose inputs go through all iterations.
class Ddr3Trains : public testing::TestWithParam<unsigned> {
 protected:
  Ddr3Trains()
      : random_(GetParam()),
        image_(image_of(random_.model(), options())),
        params_(random_params(random_, image_)) {
    params_.memory = ddr3_memory(random_ddr3(GetParam()));
    params_.controller.prefetch = GetParam() % 5 == 0 ? Prefetch::next : Prefetch::none;
    params_.fabric_period_ps = random_.one_of<std::uint64_t>({10000, 5000, 3333, 7001});
    params_.threshold = 1e5;
    for (std::uint32_t i = 0; i < kInputs; ++i) {
      inputs_.push_back(random_.input(image_.network()));
    }
  }

  CompileOptions options() {
    CompileOptions options = random_.options();
    options.scheme = GetParam() % 4 == 0   ? Scheme::base
                     : GetParam() % 4 == 1 ? Scheme::interleaved
                                           : Scheme::iterative;
    return options;
  }

  /// Every command, every request and every input with its cycles; `trains` are the last number.
  Bytes run(Ahead ahead) const {
    return in_child([&] {
      NumberList numbers;
      FilteredMemory filter(ahead);
      Wiring wiring;
      wiring.add(filter);
      std::size_t next = 0;
      const auto source = [&](std::vector<std::int32_t>& map) {
        if (next < inputs_.size()) {
          map = inputs_[next];
        }
        return next++ < inputs_.size();
      };
      sc_core::sc_report_handler::set_actions("/OSCI/SystemC", sc_core::SC_INFO,
                                              sc_core::SC_DO_NOTHING);
      sc_core::sc_set_time_resolution(1, sc_core::SC_PS);
      Accelerator machine("accelerator", params_, image_, source, {}, &wiring);
      MemoryCommands& memory = *machine.memory->commands();
      memory.on_command.listen([&numbers](const CommandIssued& e) {
        for (const std::uint64_t number :
             {std::uint64_t{1}, e.cycle, static_cast<std::uint64_t>(e.command),
              std::uint64_t{e.place.rank}, std::uint64_t{e.place.bank}, std::uint64_t{e.place.row},
              std::uint64_t{e.place.column}}) {
          numbers.add(number);
        }
      });
      memory.on_served.listen([&numbers](const RequestServed& e) {
        for (const std::uint64_t number :
             {std::uint64_t{2}, e.arrival, e.complete, static_cast<std::uint64_t>(e.outcome)}) {
          numbers.add(number);
        }
      });
      // Ahead of the kernel or not, this comes behind all commands of the input.
      machine.controller->on_input.listen([&numbers, &memory](const InputDone& e) {
        memory.catch_up(e.end);
        for (const std::uint64_t number :
             {std::uint64_t{3}, e.begin, e.end, std::uint64_t{e.prediction},
              std::uint64_t{e.iterations}}) {
          numbers.add(number);
        }
      });
      sc_core::sc_start();
      numbers.add(filter.trains_taken());
      return numbers.take();
    });
  }

  RandomModel random_;
  MemoryImage image_;
  AcceleratorParams params_;
  Maps inputs_;
};

std::uint64_t last_number(const Bytes& bytes) {
  std::uint64_t number = 0;
  for (int byte = 1; byte <= 8; ++byte) {
    number = number << 8 | bytes[bytes.size() - static_cast<std::size_t>(byte)];
  }
  return number;
}

TEST_P(Ddr3Trains, AreTakenAndChangeNothing) {
  SCOPED_TRACE(describe(image_));
  SCOPED_TRACE(text_of(random_ddr3(GetParam())));
  Bytes with = run(Ahead::goes);
  Bytes without = run(Ahead::refuses);
  // The maps of the first two inputs lie in the two places that all maps lie in.
  const auto batches = static_cast<std::uint64_t>(
      params_.controller.prefetch == Prefetch::next ? 1 : image_.info().iterations);
  EXPECT_GE(last_number(with), (kInputs - 2) * batches);
  EXPECT_EQ(last_number(without), 0U);
  with.resize(with.size() - 8);
  without.resize(without.size() - 8);
  EXPECT_GT(with.size(), 1000U);
  EXPECT_TRUE(with == without);
}

TEST_P(Ddr3Trains, LeaveTheRecordOfEachInputOnItsOwn) {
  const auto record = [this](unsigned jobs) {
    return in_child([this, jobs] {
      ParallelRun run;
      run.count = kInputs;
      run.jobs = jobs;
      run.input = [this](std::uint32_t i) { return inputs_[i]; };
      return encode_record(run_parallel(params_, image_, run).record);
    });
  };
  EXPECT_TRUE(record(1) == record(kInputs));
}

INSTANTIATE_TEST_SUITE_P(Seeds, Ddr3Trains, seeds(7000000, 20));

}  // namespace
}  // namespace airnn::test
