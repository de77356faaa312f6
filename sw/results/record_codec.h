// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/results/run_record.h"

namespace airnn {

/// The record of a run as bytes (CBOR), for the way from a worker process to its parent, and for
/// the pieces of an evaluation.
std::vector<std::uint8_t> encode_record(const RunRecord& record);
/// Throws UserError unless these are the bytes of a record; `origin`, a file or a process, begins
/// the message.
RunRecord decode_record(const std::vector<std::uint8_t>& bytes,
                        const std::string& origin = "record");

/// [iteration - 1][input]: the class that the reference predicts after each iteration.
using Predictions = std::vector<std::vector<std::int32_t>>;

/// The same for predictions.
std::vector<std::uint8_t> encode_predictions(const Predictions& predictions);
Predictions decode_predictions(const std::vector<std::uint8_t>& bytes, const std::string& origin);

}  // namespace airnn
