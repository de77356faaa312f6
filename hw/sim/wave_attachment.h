// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hw/common/cycle.h"
#include "hw/link/stream_view.h"
#include "hw/link/tap_stage.h"
#include "hw/top/accelerator.h"
#include "hw/wave/sources/decompressor_pins.h"
#include "hw/wave/sources/stream_fields.h"
#include "hw/wave/sources/stream_pins.h"
#include "hw/wave/wave_recorder.h"

namespace airnn {

class LinkInsight;

/// The waveform of a run (docs/waveforms.md).
struct WaveOptions {
  std::string file;                 ///< empty: none
  Cycle from = 0;                   ///< first fabric cycle
  Cycle to = kNever;                ///< last fabric cycle
  std::vector<std::string> scopes;  ///< patterns (WaveTree); empty: everything
};

/// Shows a machine as a waveform: declares its signals, listens to its taps and probes, and writes
/// what they tell. Only what is traced is listened to.
class WaveAttachment {
 public:
  /// The accelerator must be bound by `taps`; they and the link, of which null shows nothing, must
  /// outlive this. Throws UserError for patterns that fit nothing and files that cannot be created.
  WaveAttachment(const WaveOptions& options, const AcceleratorParams& params, Accelerator& machine,
                 const TapStage& taps, const Network& network, LinkInsight* link = nullptr);
  ~WaveAttachment();

  /// Writes everything up to the present; called when the run ended, however it did.
  void finish();

 private:
  template <typename Pins>
  using Connect = std::function<void(Pins&)>;

  void declare_control(const AcceleratorParams& params, const Network& network);
  void declare_memory(const AcceleratorParams& params);
  void declare_layer(LayerUnit& layer, const std::string& name);
  void declare_decompressor(LayerUnit& layer);
  void declare_weight_buffer(LayerUnit& layer, unsigned lanes);
  void declare_engine(LayerUnit& unit, const Layer& layer, const WaveOptions& options);
  void declare_streams(const AcceleratorParams& params, const TapStage& taps);
  void declare_link();
  template <typename T>
  bool declare_stream(const TapStage::Tapped& tapped, const AcceleratorParams& params);
  void connect_bus();
  /// Connects what is traced; told later, when it is known.
  template <typename Pins>
  void add(std::unique_ptr<Pins> pins, std::uint64_t period_ps, Connect<Pins> connect);
  void add_clock(const std::string& scope, std::uint64_t period_ps);
  void keep_up();
  bool is_over() const { return recorder_->is_over(); }

  Accelerator& machine_;
  const TapStage& taps_;
  LinkInsight* const link_;
  const WaveLanes lanes_;
  WaveTree tree_;
  std::vector<std::unique_ptr<WaveSource>> sources_;
  std::vector<std::function<void()>> connections_;
  std::vector<std::shared_ptr<void>> views_;
  std::unique_ptr<WaveWriter> writer_;
  std::unique_ptr<WaveRecorder> recorder_;
};

}  // namespace airnn
