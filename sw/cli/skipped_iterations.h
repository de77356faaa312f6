// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "hw/observe/run_record.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// What an input would have been taken for in the iterations that it did not need: per iteration
/// and input the prediction, by the untimed reference. Only so can a run say how accurate it would
/// be if all inputs stopped after iteration i. Entries of iterations that were simulated are not
/// filled.
std::vector<std::vector<std::int32_t>> predict_skipped(
    const MemoryImage& image, const RunRecord& record,
    const std::function<std::vector<std::int32_t>(std::uint32_t)>& input, unsigned threads);

}  // namespace airnn
