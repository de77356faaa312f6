// SPDX-License-Identifier: Apache-2.0
#include "sw/results/run_files.h"

#include <memory>
#include <vector>

#include "sw/format/output_file.h"
#include "sw/results/counts_csv.h"
#include "sw/results/inputs_csv.h"
#include "sw/results/json_text.h"
#include "sw/results/results_json.h"

namespace airnn {

namespace {

std::vector<InputCounts> counts_of_inputs(const RunResults& results) {
  std::vector<InputCounts> inputs;
  for (const InputRecord& input : results.record.inputs) {
    inputs.push_back({results.first_input + inputs.size(), input.counts});
  }
  return inputs;
}

}  // namespace

RunFiles run_files(const RunResults& results) {
  return {json_text(results_json(results)), inputs_csv(results),
          counts_csv(counts_of_inputs(results), results.record.counted)};
}

void write_run_files(const std::string& folder, const RunFiles& files) {
  const std::array<const std::string*, kRunFileNames.size()> texts = {
      &files.results_json, &files.inputs_csv, &files.counts_csv};
  std::vector<std::unique_ptr<OutputFile>> open;
  for (std::size_t i = 0; i < kRunFileNames.size(); ++i) {
    open.push_back(std::make_unique<OutputFile>(folder + "/" + kRunFileNames[i]));
    open.back()->write(*texts[i]);
    open.back()->sync();
  }
  for (const std::unique_ptr<OutputFile>& file : open) {
    file->commit();
  }
}

}  // namespace airnn
