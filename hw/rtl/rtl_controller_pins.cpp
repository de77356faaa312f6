// SPDX-License-Identifier: Apache-2.0
#include "hw/rtl/rtl_controller_pins.h"

#include <algorithm>
#include <string>

#include "hw/control/fetch/fetch_layout.h"

namespace airnn {

namespace {

constexpr unsigned kAddressBits = 40;
constexpr unsigned kScoreBits = 64;
constexpr unsigned kBurstBits = 512;
constexpr unsigned kInputLanes = 16;
constexpr unsigned kStates = 10;
constexpr unsigned kBlockBits = 8;  ///< of each half of out_tables_block

}  // namespace

RtlControllerPins::RtlControllerPins(const RtlModel& model)
    : layers(model.width("cfg_columns") / kColumnBits),
      lanes(model.width("out_weights_value") / kWordBits),
      tag_bits(model.width("mem_req_tag")),
      buffer_bits(model.width("cfg_buffer_bursts")),
      busy(model.output("busy", 1)),
      error(model.output("error", 1)),
      sections(model.output("rtl_sections", 16)),
      boot(model.input("boot", 1)),
      columns(model.input("cfg_columns", layers * kColumnBits)),
      directory_bursts(model.input("cfg_directory_bursts", 16)),
      input_elements(model.input("cfg_input_elements", 32)),
      most_lanes(model.input("cfg_lanes", bits_for(lanes))),
      outstanding(model.input("cfg_outstanding_reads", 16)),
      buffer_bursts(model.input("cfg_buffer_bursts", buffer_bits)),
      prefetch(model.input("cfg_prefetch", 1)),
      max_iterations(model.input("cfg_max_iterations", kIterationBits)),
      request_valid(model.output("mem_req_valid", 1)),
      request_ready(model.input("mem_req_ready", 1)),
      request_to(model.output("mem_req_address", kAddressBits)),
      request_tag(model.output("mem_req_tag", tag_bits)),
      response_valid(model.input("mem_rsp_valid", 1)),
      response_tag(model.input("mem_rsp_tag", tag_bits)),
      response_data(model.input("mem_rsp_data", kBurstBits)),
      jobs_valid(model.input("in_jobs_valid", 1)),
      jobs_ready(model.output("in_jobs_ready", 1)),
      jobs_address(model.input("in_jobs_address", kAddressBits)),
      jobs_input(model.input("in_jobs_input", 32)),
      placed_valid(model.input("in_placed_valid", 1)),
      placed_ready(model.output("in_placed_ready", 1)),
      placed_words(model.input("in_placed_words", 32)),
      outputs_valid(model.input("in_outputs_valid", 1)),
      outputs_ready(model.output("in_outputs_ready", 1)),
      decision_valid(model.input("in_decision_valid", 1)),
      decision_ready(model.output("in_decision_ready", 1)),
      decision_score(model.input("in_decision_score", kScoreBits)),
      decision_prediction(model.input("in_decision_prediction", 16)),
      decision_terminate(model.input("in_decision_terminate", 1)),
      weights_valid(model.output("out_weights_valid", 1)),
      weights_credit(model.input("out_weights_credit", 3)),
      weights_count(model.output("out_weights_count", bits_for(lanes))),
      weights_last(model.output("out_weights_last", 1)),
      weights_valid_from(model.output("out_weights_valid_from", kIterationBits)),
      weights_value(model.output("out_weights_value", lanes * kWordBits)),
      weights_column(model.output("out_weights_column", lanes * kColumnBits)),
      weights_row(model.output("out_weights_row", lanes * kRowBits)),
      weights_layer(model.output("out_weights_layer", lanes * kLayerBits)),
      input_valid(model.output("out_input_valid", 1)),
      input_credit(model.input("out_input_credit", 3)),
      input_first(model.output("out_input_first", 32)),
      input_count(model.output("out_input_count", bits_for(kInputLanes))),
      input_values(model.output("out_input_values", kBurstBits)),
      control_valid(model.output("out_control_valid", 1)),
      control_kind(model.output("out_control_kind", 2)),
      control_input(model.output("out_control_input", 32)),
      control_iteration(model.output("out_control_iteration", kIterationBits)),
      tables_valid(model.output("out_tables_valid", 1)),
      tables_count(model.output("out_tables_count", bits_for(lanes))),
      tables_layer(model.output("out_tables_layer", kLayerBits)),
      tables_kernel(model.output("out_tables_kernel", lanes * kRowBits)),
      tables_group(model.output("out_tables_group", lanes * kRowBits)),
      tables_block(model.output("out_tables_block", lanes * 2 * kBlockBits)),
      results_valid(model.output("out_results_valid", 1)),
      results_credit(model.input("out_results_credit", 2)),
      results_score(model.output("out_results_score", kScoreBits)),
      results_prediction(model.output("out_results_prediction", 16)),
      results_input(model.output("out_results_input", 32)),
      results_iterations(model.output("out_results_iterations", kIterationBits)),
      entered(model.output("tell_entered", kStates)),
      fetching(model.output("tell_fetching", 1)),
      beat(model.output("tell_beat", 1)),
      refused(model.output("tell_refused", 1)),
      fetched(model.output("tell_fetched", 1)),
      settled(model.output("tell_settled", 1)) {}

void RtlControllerPins::check(const RtlModel& model, const ReadWeightControllerParams& params,
                              const Network& network) const {
  const RtlLibrary& library = model.library();
  const auto most = [&](const char* what, std::uint64_t is, std::uint64_t limit) {
    if (is > limit) {
      library.fail(std::string(what) + " " + std::to_string(is) + "; the RTL was built for " +
                   std::to_string(limit));
    }
  };
  if (params.group.inputs_per_batch > 1) {
    library.fail(
        "the RTL runs one input after the other; expected accelerator.inputs_per_batch: 1");
  }
  most("the network has layers:", network.layers.size(), layers);
  most("accelerator.lanes is", params.lanes, lanes);
  most("accelerator.stream_buffer_bursts is", params.fetch.stream_buffer_bursts,
       std::uint64_t{1} << (tag_bits - 2));
  for (const Layer& layer : network.layers) {
    if (layer.has_lines || layer.bins > 0) {
      library.fail(std::string("the image's weights are ") + (layer.has_lines ? "lines" : "bins") +
                   ", which the unit does not read; expected plain weights");
    }
    if (layer.kernels >= (1 << kRowBits) || layer.columns >= (1 << kColumnBits) - 2) {
      library.fail("the network has a layer of " + std::to_string(layer.kernels) + " rows and " +
                   std::to_string(layer.columns) +
                   " columns; pins of rows have 16 bits, those of columns 24");
    }
  }
}

void RtlControllerPins::configure(const RtlModel& model, const ReadWeightControllerParams& params,
                                  const RtlControllerNetwork& network, std::uint64_t bursts) {
  // The first burst is the header, and each other has two entries.
  if (2 * bursts > sections.get() + std::uint64_t{3}) {
    model.library().fail("the image has " + std::to_string(2 * bursts - 3) +
                         " sections or more; the RTL was built for " +
                         std::to_string(sections.get()));
  }
  for (std::size_t layer = 0; layer < network.columns.size(); ++layer) {
    columns.put_field(layer, kColumnBits, network.columns[layer]);
  }
  directory_bursts.put(static_cast<std::uint32_t>(bursts));
  input_elements.put(network.input_elements);
  most_lanes.put(params.lanes);
  outstanding.put(std::min(params.fetch.outstanding_reads, 0xFFFFU));
  buffer_bursts.put(params.fetch.stream_buffer_bursts);
  prefetch.put(params.prefetch == Prefetch::next ? 1 : 0);
  max_iterations.put(std::min(params.max_iterations, std::uint32_t{0xFFFF}));
}

void RtlControllerPins::drive(const InputJob* there) {
  const InputJob job = there != nullptr ? *there : InputJob();
  jobs_valid.put(there != nullptr ? 1 : 0);
  jobs_address.put_wide(job.address);
  jobs_input.put(job.input);
}

void RtlControllerPins::drive(const BatchPlaced* placed) {
  placed_valid.put(placed != nullptr ? 1 : 0);
  placed_words.put(placed != nullptr ? static_cast<std::uint32_t>(placed->words) : 0);
}

void RtlControllerPins::drive(const Decision* there) {
  const Decision decision = there != nullptr ? *there : Decision();
  decision_valid.put(there != nullptr ? 1 : 0);
  decision_score.put_wide(static_cast<std::uint64_t>(decision.score));
  decision_prediction.put(decision.prediction);
  decision_terminate.put(decision.terminate);
}

void RtlControllerPins::drive_burst(std::uint32_t tag, const std::uint8_t* bytes) {
  response_valid.put(bytes != nullptr ? 1 : 0);
  response_tag.put(tag);
  if (bytes == nullptr) {
    response_data.clear();
    return;
  }
  for (std::size_t byte = 0; byte < kBurstBytes; ++byte) {
    response_data.put_field(byte, 8, bytes[byte]);
  }
}

std::vector<WeightWord> RtlControllerPins::words() const {
  std::vector<WeightWord> words;
  for (std::uint32_t i = 0; i < std::min(weights_count.get(), lanes); ++i) {
    words.push_back({static_cast<std::int32_t>(weights_value.field(i, kWordBits)),
                     weights_column.field(i, kColumnBits), weights_row.field(i, kRowBits),
                     weights_layer.field(i, kLayerBits)});
  }
  return words;
}

InputBeat RtlControllerPins::input_beat() const {
  InputBeat burst;
  burst.first = input_first.get();
  burst.count = std::min(input_count.get(), kInputLanes);
  for (std::uint32_t i = 0; i < burst.count; ++i) {
    burst.values[i] = static_cast<std::int32_t>(input_values.field(i, kWordBits));
  }
  return burst;
}

std::vector<RtlTableEntry> RtlControllerPins::table_entries() const {
  std::vector<RtlTableEntry> entries;
  for (std::uint32_t i = 0; i < std::min(tables_count.get(), lanes); ++i) {
    entries.push_back(
        {tables_layer.get(),
         tables_group.field(i, kRowBits),
         {tables_kernel.field(i, kRowBits), tables_block.field(std::size_t{2} * i, kBlockBits),
          tables_block.field(std::size_t{2} * i + 1, kBlockBits)}});
  }
  return entries;
}

std::uint64_t RtlControllerPins::request_address() const {
  return request_to.get_wide();
}

std::int64_t RtlControllerPins::score() const {
  return static_cast<std::int64_t>(results_score.get_wide());
}

bool RtlControllerPins::is_idle() const {
  return !busy.is_set() && !request_valid.is_set() && !weights_valid.is_set() &&
         !input_valid.is_set() && !control_valid.is_set() && !tables_valid.is_set() &&
         !results_valid.is_set();
}

}  // namespace airnn
