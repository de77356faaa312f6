// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "sw/results/record_codec.h"
#include "testbenches/contract/late_link.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/stalled_stream.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

/// Refuses every train, so that each item goes by itself, and is never late.
class NoTrains final : public WiringStage {
 public:
  tlm::tlm_target_socket<>& insert(const Binding& binding, tlm::tlm_target_socket<>& to) override {
    if (binding.stream == nullptr) {
      return to;
    }
    gates_.push_back(std::make_unique<StalledStream>(
        sc_core::sc_gen_unique_name("no_trains"), binding.stream->clock(), StalledStreamParams{}));
    gates_.back()->to_target.bind(to);
    return gates_.back()->from_initiator;
  }

 private:
  std::vector<std::unique_ptr<StalledStream>> gates_;
};

/// A random network on a machine whose every stream is three cycles late, under its monitors.
class LateMachine : public testing::TestWithParam<unsigned> {
 protected:
  LateMachine() : random_(GetParam()), image_(draw()), params_(random_params(random_, image_)) {
    inputs_ = random_inputs(random_, image_.network());
  }

  RunRecord run(const std::vector<WiringStage*>& stages) {
    const auto record = in_child([&] {
      const GoldenComparison compared = compare_with_golden(params_, image_, inputs_, {}, stages);
      if (!compared.difference.empty()) {
        throw std::runtime_error(compared.difference);
      }
      return encode_record(compared.record);
    });
    return decode_record(record);
  }

  MemoryImage draw() {
    CompileOptions options = random_.options();
    options.scheme = random_.one_of<Scheme>({Scheme::base, Scheme::iterative, Scheme::interleaved});
    return image_of(random_.model(), options);
  }

  RandomModel random_;
  const MemoryImage image_;
  AcceleratorParams params_;
  Maps inputs_;
};

TEST_P(LateMachine, EqualsGoldenAndTakesTheSameCyclesWithTrainsAndWithout) {
  SCOPED_TRACE(describe(image_));
  const RunRecord direct = run({});
  LateLink link(3);
  const RunRecord late = run({&link});
  NoTrains no_trains;
  LateLink other(3);
  const RunRecord stepped = run({&other, &no_trains});
  ASSERT_EQ(late.inputs.size(), direct.inputs.size());
  for (std::size_t n = 0; n < late.inputs.size(); ++n) {
    expect_same_outcome(late.inputs[n], direct.inputs[n]);
    EXPECT_GT(late.inputs[n].cycles, direct.inputs[n].cycles);
    EXPECT_EQ(late.inputs[n].cycles, stepped.inputs[n].cycles);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, LateMachine, seeds(7000, 20));

}  // namespace
}  // namespace airnn::test
