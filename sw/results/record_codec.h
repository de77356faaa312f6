// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/results/run_record.h"

namespace airnn {

/// The record of a run as bytes (CBOR), for the way from a worker process to its parent.
std::vector<std::uint8_t> encode_record(const RunRecord& record);
RunRecord decode_record(const std::vector<std::uint8_t>& bytes);

}  // namespace airnn
