// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/engine_contract.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <utility>

#include "hw/compute/product/lut_product.h"
#include "sw/format/errors.h"
#include "testbenches/contract/odd_plus_one.h"
#include "testbenches/contract/serial_engine.h"

namespace airnn::test {
namespace {

/// Every engine with every product.
class Engines : public testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(Engines, KeepWhatEveryEngineMustKeep) {
  const EngineTable table = extended_engines();
  const EngineChoice choice{GetParam().first, GetParam().second};
  std::size_t with_pins = 0;
  for (unsigned seed = 0; seed < 240; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    EngineCase drawn = draw_case(seed);
    for (const NamedProduct& product : table.products) {
      if (product.name == choice.product) {
        drawn.params.product = product.make();
      }
    }
    const std::unique_ptr<LayerEngine> engine = make_engine(table, choice, drawn.params);
    ASSERT_EQ(broken_engine_rule(*engine, drawn, seed), "") << drawn.params.layer.name;
    with_pins += engine->pins() != nullptr ? 1 : 0;
  }
  EXPECT_GT(with_pins, 60U);
}

std::vector<std::pair<std::string, std::string>> all_choices() {
  std::vector<std::pair<std::string, std::string>> choices;
  const EngineTable table = extended_engines();
  for (const NamedEngine& engine : table.engines) {
    for (const NamedProduct& product : table.products) {
      choices.emplace_back(engine.name, product.name);
    }
  }
  return choices;
}

INSTANTIATE_TEST_SUITE_P(Choices, Engines, testing::ValuesIn(all_choices()), [](const auto& test) {
  return test.param.first + "_" + test.param.second;
});

bool has_eight_bits(const EngineCase& drawn) {
  const std::vector<std::int32_t>& weights = drawn.drawn.weights;
  const std::int32_t* map = drawn.operands().map;
  const auto fits = [](std::int32_t low, std::int32_t high) {
    return [low, high](std::int32_t value) { return value >= low && value <= high; };
  };
  return drawn.params.layer.has_weights() &&
         std::all_of(weights.begin(), weights.end(), fits(-128, 127)) &&
         std::all_of(map, map + drawn.params.layer.input.size(), fits(-128, 255));
}

/// A table that keeps neither zero nor signs of operands.
TEST(EnginesOfTables, ComputeAndShowWhatTheTableSays) {
  std::mt19937 random(3);
  std::vector<std::uint16_t> products(256 * 256);
  for (std::uint16_t& product : products) {
    product = static_cast<std::uint16_t>(random());
  }
  EngineTable table = extended_engines();
  table.products.push_back(
      {"table", [&] { return std::make_shared<const LutProduct>(products, "table"); }});
  std::size_t with_pins = 0;
  for (unsigned seed = 0; seed < 600; ++seed) {
    EngineCase drawn = draw_case(seed);
    if (!has_eight_bits(drawn)) {
      continue;
    }
    SCOPED_TRACE("seed " + std::to_string(seed));
    drawn.params.product = table.products.back().make();
    for (const char* name : {"mac", "serial"}) {
      const std::unique_ptr<LayerEngine> engine = make_engine(table, {name, "table"}, drawn.params);
      ASSERT_EQ(broken_values(*engine, drawn), "") << name;
      ASSERT_EQ(broken_pins(*engine, drawn), "") << name;
      ASSERT_EQ(broken_work(*engine, drawn), "") << name;
      with_pins += engine->pins() != nullptr ? 1 : 0;
    }
  }
  EXPECT_GT(with_pins, 20U);
}

TEST(EngineTable, NamesThatAreNotInItAreRefusedWithThoseThatAre) {
  EngineCase drawn = draw_case(0);
  drawn.params.layer.name = "conv1";
  const auto message = [&](const EngineChoice& choice) {
    try {
      make_engine(extended_engines(), choice, drawn.params);
    } catch (const UserError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(message({"mca", "exact"}),
            "layer conv1: there is no engine 'mca'; expected one of mac, associative, serial");
  EXPECT_EQ(message({"mac", "exakt"}),
            "layer conv1: there is no product 'exakt'; expected one of exact, odd_plus_one");
}

/// The multipliers of docs/architecture.md with one thing wrong.
class BrokenEngine final : public LayerEngine {
 public:
  explicit BrokenEngine(const EngineParams& params)
      : whole_(make_engine(built_in_engines(), {}, params)) {}

  LayerRun schedule(const LayerOperands& operands, const OperandTimes& times,
                    std::vector<IssueRun>* issues) const override {
    LayerRun run = whole_->schedule(operands, times, issues);
    if (run_) {
      run_(run, issues);
    }
    return run;
  }
  LayerOutput values(const LayerOperands& operands) override {
    const LayerOutput output = whole_->values(operands);
    map_ = *output.map;
    LayerOutput changed{&map_, output.saturated};
    if (map_changed_) {
      map_changed_(map_, changed.saturated);
    }
    return changed;
  }
  LayerWork work(const LayerOperands& operands, const LayerRun& run) const override {
    LayerWork work = whole_->work(operands, run);
    if (work_) {
      work_(work);
    }
    return work;
  }
  std::unique_ptr<EnginePins> pins() const override {
    return pins_ ? pins_(whole_->pins()) : whole_->pins();
  }

  std::function<void(LayerRun&, std::vector<IssueRun>*)> run_;
  std::function<void(std::vector<std::int32_t>&, std::uint64_t&)> map_changed_;
  std::function<void(LayerWork&)> work_;
  std::function<std::unique_ptr<EnginePins>(std::unique_ptr<EnginePins>)> pins_;

 private:
  std::unique_ptr<LayerEngine> whole_;
  std::vector<std::int32_t> map_;
};

class BrokenEngines : public testing::Test {
 protected:
  BrokenEngines() {
    unsigned seed = 0;
    do {
      drawn_ = draw_case(seed += 2);
    } while (drawn_.drawn.nonzero_weights() < 20 || drawn_.params.layer.output.height < 2);
    engine_ = std::make_unique<BrokenEngine>(drawn_.params);
  }

  std::string schedule() { return broken_schedule(*engine_, drawn_, 5); }
  std::string work() { return broken_work(*engine_, drawn_); }

  EngineCase drawn_;
  std::unique_ptr<BrokenEngine> engine_;
};

TEST_F(BrokenEngines, TheModelOfThemIsNotBroken) {
  EXPECT_EQ(broken_engine_rule(*engine_, drawn_, 5), "");
}

TEST_F(BrokenEngines, SchedulesAreFound) {
  using Run = LayerRun;
  using Issues = std::vector<IssueRun>;
  const std::vector<std::pair<std::string, std::function<void(Run&, Issues*)>>> all = {
      {"it starts before it may", [](Run& run, Issues*) { run.start = 0; }},
      {"slots and stalls do not fit between start and finish",
       [](Run& run, Issues*) { run.stalled += run.finish; }},
      {"issued are ", [](Run& run, Issues*) { --run.slots; }},
      {"slots are not numbered one after the other",
       [](Run&, Issues* issues) { issues != nullptr ? void(++issues->front().slot) : void(); }},
      {"the first slot is not the start", [](Run& run, Issues*) { --run.start, ++run.stalled; }},
      {"a slot is issued before the run starts, or beside another",
       [](Run&, Issues* issues) { issues != nullptr ? void(--issues->front().begin) : void(); }},
      {"there are ", [](Run& run, Issues*) { run.row_ready.pop_back(); }},
      {"row 0 is there before what it is made of",
       [](Run& run, Issues*) { run.row_ready.front() = 0; }},
      {"a row is there before the one above it",
       [](Run& run, Issues*) { run.row_ready.front() = run.finish + 1; }},
      {"the last row is not the finish", [](Run& run, Issues*) { ++run.row_ready.back(); }},
      {"a run that is not asked for its slots is another",
       [](Run& run, Issues* issues) { run.stalled += issues == nullptr ? 1 : 0; }},
      {"a later run is another",
       [](Run& run, Issues*) { run.stalled += run.start > 1000 ? 1 : 0; }},
  };
  for (const auto& [message, change] : all) {
    engine_->run_ = change;
    EXPECT_EQ(schedule().find(message), 0U) << message << ", found: " << schedule();
  }
}

TEST_F(BrokenEngines, CountsAreFound) {
  const std::vector<std::pair<std::string, std::function<void(LayerWork&)>>> all = {
      {"multiplications are counted ",
       [](LayerWork& work) { ++work.multiplications, --work.idle_multiplications; }},
      {"multipliers of all slots are counted ",
       [](LayerWork& work) { ++work.idle_multiplications; }},
      {"loaded weights are counted ", [](LayerWork& work) { --work.weights; }},
      {"kernels with weights are counted ", [](LayerWork& work) { ++work.nonzero_kernels; }},
      {"idle multiplications are counted ",
       [](LayerWork& work) { ++work.counts[Action::idle_multiplication]; }},
      {"all products and scalings are counted ",
       [](LayerWork& work) { ++work.counts[Action::multiplication]; }},
      {"multiplications of the product's price are counted ",
       [](LayerWork& work) {
         --work.counts[Action::multiplication];
         ++work.counts[{Action::multiplication, "another"}];
       }},
      {"words written are counted ",
       [](LayerWork& work) { --work.counts[Action::feature_buffer_write]; }},
      {"some products are never added, or elements never pooled",
       [](LayerWork& work) { work.counts[Action::addition] = 0; }},
      {"nothing is read", [](LayerWork& work) { work.counts[Action::feature_buffer_read] = 0; }},
  };
  for (const auto& [message, change] : all) {
    engine_->work_ = change;
    EXPECT_EQ(work().find(message), 0U) << message << ", found: " << work();
  }
}

TEST_F(BrokenEngines, ValuesAreFound) {
  engine_->map_changed_ = [](auto& map, std::uint64_t&) { ++map.back(); };
  EXPECT_NE(broken_values(*engine_, drawn_).find("element "), std::string::npos);
  engine_->map_changed_ = [](auto& map, std::uint64_t&) { map.pop_back(); };
  EXPECT_EQ(broken_values(*engine_, drawn_), "the output map has another size");
  engine_->map_changed_ = [](auto&, std::uint64_t& saturated) { ++saturated; };
  EXPECT_EQ(broken_values(*engine_, drawn_), "saturated elements are counted wrong");
}

TEST(EnginesOfOneProduct, AreFoundWhereRoundingDoesNotHideIt) {
  unsigned by_values = 0;
  unsigned by_pins = 0;
  for (unsigned seed = 0; seed < 60; ++seed) {
    EngineCase drawn = draw_case(seed);
    const std::unique_ptr<LayerEngine> engine = make_engine(built_in_engines(), {}, drawn.params);
    drawn.params.product = std::make_shared<const OddPlusOne>();
    by_values += broken_values(*engine, drawn).empty() ? 0 : 1;
    by_pins += broken_pins(*engine, drawn).empty() ? 0 : 1;
  }
  EXPECT_GT(by_values, 5U);
  EXPECT_GT(by_pins, 20U);
}

TEST_F(BrokenEngines, AnEngineWithMemoryIsFound) {
  int runs = 0;
  engine_->map_changed_ = [&](auto& map, std::uint64_t&) { map.front() ^= runs++; };
  EXPECT_EQ(broken_repeat(*engine_, drawn_, 3), "a run behind another one gives other values");
}

/// Pins of which one shows something else.
class ChangedPins final : public EnginePins {
 public:
  using Change = std::function<std::int64_t(const std::string& name, std::int64_t value)>;

  ChangedPins(std::unique_ptr<EnginePins> whole, Change change)
      : whole_(std::move(whole)), change_(std::move(change)) {}

  const std::vector<EnginePin>& pins() const override { return whole_->pins(); }
  std::size_t stages() const override { return whole_->stages(); }
  void begin(const LayerOperands& operands) override { whole_->begin(operands); }
  void show(std::size_t stage, std::uint64_t slot, PinSink& sink) override {
    Sink changed(*this, sink);
    whole_->show(stage, slot, changed);
  }

 private:
  class Sink final : public PinSink {
   public:
    Sink(const ChangedPins& pins, PinSink& to) : pins_(pins), to_(to) {}
    void set(std::size_t pin, std::int64_t value) override {
      to_.set(pin, pins_.change_(pins_.pins()[pin].name, value));
    }
    void set_all(std::size_t first, const std::vector<std::int64_t>& values) override {
      for (std::size_t i = 0; i < values.size(); ++i) {
        set(first + i, values[i]);
      }
    }

   private:
    const ChangedPins& pins_;
    PinSink& to_;
  };

  std::unique_ptr<EnginePins> whole_;
  Change change_;
};

TEST_F(BrokenEngines, PinsAreFound) {
  ASSERT_NE(engine_->pins(), nullptr);
  const std::vector<std::pair<std::string, ChangedPins::Change>> all = {
      {"a multiplier shows another product",
       [](const std::string& name, std::int64_t value) {
         return name == "product0" ? value + 1 : value;
       }},
      {"element ", [](const std::string& name,
                      std::int64_t value) { return name == "result" ? value ^ 1 : value; }},
      {"element 0 is shown twice",
       [](const std::string& name, std::int64_t value) {
         return name == "kernel" || name == "position" ? 0 : value;
       }},
      {"not every output is shown",
       [](const std::string& name, std::int64_t value) { return name == "valid" ? 0 : value; }},
  };
  for (const auto& [message, change] : all) {
    engine_->pins_ = [change = change](std::unique_ptr<EnginePins> whole) {
      return std::make_unique<ChangedPins>(std::move(whole), change);
    };
    const std::string found = broken_pins(*engine_, drawn_);
    EXPECT_EQ(found.find(message), 0U) << message << ", found: " << found;
  }
}

}  // namespace
}  // namespace airnn::test
