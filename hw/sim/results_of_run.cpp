// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/results_of_run.h"

#include "hw/control/score/score_margin.h"
#include "hw/sim/config_json.h"

namespace airnn {

RunResults results_of_run(const MemoryImage& image, const std::string& image_file,
                          const RunConfig& config, const RunRecord& record) {
  const int output_bits = image.network().output_layer().output_format.fraction_bits;
  return {image,
          image_file,
          config_json(config.effective),
          config.energy,
          score_fraction_bits(output_bits, config.accelerator.score),
          record,
          0,
          {},
          {},
          0,
          {},
          layer_multipliers(image.network(), config.elements)};
}

}  // namespace airnn
