// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace airnn {

struct LayerOperands;

inline constexpr std::uint64_t kNoSlot = ~std::uint64_t{0};  ///< a bubble: all values are 0

enum class PinKind : std::uint8_t { bit, number, signed_number, sum };

struct PinType {
  PinKind kind = PinKind::bit;
  unsigned width = 1;  ///< bits; a sum is signed and has 64
};

/// A register of an engine.
struct EnginePin {
  std::string scope;  ///< below the engine's: "" or "position0.lane1"
  std::string name;
  PinType type;
};

/// Takes values of pins, by their places in EnginePins::pins().
class PinSink {
 public:
  virtual ~PinSink() = default;
  virtual void set(std::size_t pin, std::int64_t value) = 0;
  /// Of the pins from `first` on.
  virtual void set_all(std::size_t first, const std::vector<std::int64_t>& values) = 0;
};

/// What the registers of an engine show, stage by stage. Stage s shows a slot s cycles behind its
/// issue; who asks adds the stalls between slots. A stage that holds outputs has pins `valid`,
/// `kernel`, `position` and `result` in a scope for each of them, and where products are shown,
/// each has pins weightN, pixelN and productN in one scope.
class EnginePins {
 public:
  virtual ~EnginePins() = default;

  virtual const std::vector<EnginePin>& pins() const = 0;
  virtual std::size_t stages() const = 0;

  /// The slots that are asked for from now on are those of a run over these operands, which are
  /// good until the next call.
  virtual void begin(const LayerOperands& operands) = 0;
  /// Sets the pins of the stage that differ from what it showed before. Slots of a stage ascend in
  /// a run; kNoSlot: it has none.
  virtual void show(std::size_t stage, std::uint64_t slot, PinSink& sink) = 0;
};

}  // namespace airnn
