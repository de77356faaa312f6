// Buffer Address Calculation, to be filled in. docs/rtl.md has the pins and their rules.
// Lane i of a field of W bits is [i*W +: W]; lanes from the count on are 0.
//
// A beat is taken in the cycle in which valid and ready are both 1. In the LATENCY - 1st edge behind
// it its words appear on out_placed for one cycle; with LATENCY = 1 in the same cycle. Each layer has
// LATENCY + 2 slots: one is taken with the beat, and is back with out_placed_credit, of which several
// may come at once. The slot of a word is row * cfg_pitch + column of its layer.
module airnn_addresses #(
    parameter int unsigned LAYERS  = 8,   // layers of the largest network
    parameter int unsigned LANES   = 16,  // words of a beat
    parameter int unsigned LATENCY = 2    // from taking a beat to its arrival at the layers
) (
    input  logic clk,
    input  logic rst_n,
    output logic busy,   // 0: an edge without inputs changes nothing
    output logic error,  // a word lies outside of its layer
    output logic [15:0] rtl_latency,
    output logic rtl_trains,  // no beat of a train is ever held up

    // Of each layer: slots of a row (0: it has no weights), rows, and words behind the last row.
    input logic [LAYERS*24-1:0] cfg_pitch,
    input logic [LAYERS*16-1:0] cfg_rows,
    input logic [LAYERS*32-1:0] cfg_table,

    // Read Weight Controller -> a beat of words.
    input  logic                       in_weights_valid,
    output logic                       in_weights_ready,
    input  logic [$clog2(LANES+1)-1:0] in_weights_count,
    input  logic                       in_weights_last,
    input  logic [15:0]                in_weights_valid_from,
    input  logic [LANES*32-1:0]        in_weights_value,
    input  logic [LANES*24-1:0]        in_weights_column,
    input  logic [LANES*16-1:0]        in_weights_row,
    input  logic [LANES*8-1:0]         in_weights_layer,

    // -> weight buffers: one stream per layer, which share the words.
    output logic [LAYERS-1:0]                   out_placed_valid,
    input  logic [LAYERS*$clog2(LATENCY+3)-1:0] out_placed_credit,
    output logic [$clog2(LANES+1)-1:0]          out_placed_count,
    output logic [15:0]                         out_placed_valid_from,
    output logic [LANES*32-1:0]                 out_placed_slot,
    output logic [LANES*32-1:0]                 out_placed_value,
    output logic [LANES*8-1:0]                  out_placed_layer,

    // -> Read Weight Controller.
    output logic        out_batch_placed_valid,
    input  logic [1:0]  out_batch_placed_credit,
    output logic [31:0] out_batch_placed_words
);
  assign rtl_latency = 16'(LATENCY);
  assign rtl_trains = 1'b0;

  // ---- Your design, in the place of this.

  logic unused;
  assign unused = &{1'b0, clk, rst_n, cfg_pitch, cfg_rows, cfg_table, in_weights_valid,
                    in_weights_count, in_weights_last, in_weights_valid_from, in_weights_value,
                    in_weights_column, in_weights_row, in_weights_layer, out_placed_credit,
                    out_batch_placed_credit};

  assign busy = 1'b0;
  assign error = 1'b0;
  assign in_weights_ready = 1'b0;
  assign out_placed_valid = '0;
  assign out_placed_count = '0;
  assign out_placed_valid_from = '0;
  assign out_placed_slot = '0;
  assign out_placed_value = '0;
  assign out_placed_layer = '0;
  assign out_batch_placed_valid = 1'b0;
  assign out_batch_placed_words = '0;
endmodule
