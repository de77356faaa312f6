// SPDX-License-Identifier: Apache-2.0
//
// Sends the reads of a fetch, at most one per cycle: of the streams that have bursts left and a
// place for one, round robin. The ranges of a stream follow each other in the section table: in
// each cluster one per stream, in the tables of a layer one for each but the value stream; biases
// and dense weights are ranges of the value stream.
module airnn_requester #(
    parameter int unsigned IN_FLIGHT = 8  // bits of the number of reads in flight
) (
    input logic        clk,
    input logic        rst_n,
    input logic        clear,        // at the edge: the fetch has ended,
    input logic [15:0] next_cursor,  // and the next one's ranges begin here

    input logic        runs,
    input logic [2:0]  kind,              // of the fetch (airnn_controller)
    input logic [15:0] iteration,         // of what is fetched
    input logic [33:0] direct_address,    // of directory and input map, in bursts
    input logic [25:0] direct_bursts,
    input logic [15:0] cfg_outstanding_reads,

    output logic [4*16-1:0] look_at,  // entry of the section table, by stream
    input  logic [4*4-1:0]  entry_kind,
    input  logic [4*16-1:0] entry_iteration,
    input  logic [4*34-1:0] entry_address,
    input  logic [4*32-1:0] entry_bytes,

    input  logic [3:0]  has_place,
    input  logic        arrives,
    output logic        nothing_in_flight,
    output logic        valid,
    input  logic        ready,
    output logic [1:0]  stream,
    output logic [33:0] address,  // in bursts
    output logic [3:0]  issue     // the read of this stream goes out
);
  localparam logic [2:0] DIRECTORY = 0, BIASES = 1, INPUT_MAP = 2, BATCH = 3, TABLES = 4;

  logic [4*16-1:0] cursor_r;  // the section that begins the present cluster, layer or array
  logic [4*26-1:0] burst_r;   // of the range
  logic [1:0]      turn_r;    // the stream that is asked first
  logic [IN_FLIGHT-1:0] in_flight_r;
  logic [IN_FLIGHT-1:0] in_flight;

  logic [3:0]      has_burst;
  logic [3:0]      is_last;  // of the range
  logic [4*16-1:0] after;    // cursor of the next range
  logic [4*34-1:0] addresses;
  logic [3:0]      wants;
  logic            is_direct;

  assign in_flight = in_flight_r - IN_FLIGHT'(arrives);
  assign nothing_in_flight = in_flight == '0;
  assign is_direct = kind == DIRECTORY || kind == INPUT_MAP;

  for (genvar s = 0; s < 4; s++) begin : g_streams
    logic [3:0]  found;
    logic        is_of_iteration;
    logic        is_listed;
    logic [26:0] bursts;
    assign look_at[s*16+:16] = cursor_r[s*16+:16] +
        (kind == BATCH ? 16'(s) : kind == TABLES && s > 0 ? 16'(s - 1) : 16'd0);
    assign found = entry_kind[s*4+:4];
    assign is_of_iteration = entry_iteration[s*16+:16] == iteration;
    always_comb begin
      case (kind)
        BIASES:  is_listed = s == 0 && found == 4'd2;
        BATCH:   is_listed = (s == 0 && found == 4'd3) || (found == 4'(4 + s) && is_of_iteration);
        TABLES:  is_listed = s > 0 && found == 4'(7 + s) && is_of_iteration;
        default: is_listed = 1'b0;
      endcase
    end
    assign bursts = 27'(entry_bytes[s*32+6+:26]) + 27'(entry_bytes[s*32+:6] != '0);
    assign has_burst[s] = is_direct ? s == 0 && burst_r[s*26+:26] < direct_bursts : is_listed;
    assign is_last[s] = !is_direct && 27'(burst_r[s*26+:26]) + 27'd1 == bursts;
    assign after[s*16+:16] = cursor_r[s*16+:16] +
        (kind == TABLES ? 16'd3 : kind == BATCH && found != 4'd3 ? 16'd4 : 16'd1);
    assign addresses[s*34+:34] =
        (is_direct ? direct_address : entry_address[s*34+:34]) + 34'(burst_r[s*26+:26]);
    assign wants[s] = runs && has_burst[s] && has_place[s];
    assign issue[s] = valid && ready && stream == 2'(s);
  end

  assign valid = wants != '0 && 16'(in_flight) < cfg_outstanding_reads;
  always_comb begin : choose
    stream = turn_r;
    if (!wants[turn_r]) begin
      stream = turn_r + 2'd1;
      if (!wants[turn_r+2'd1]) stream = wants[turn_r+2'd2] ? turn_r + 2'd2 : turn_r + 2'd3;
    end
  end
  assign address = addresses[stream*34+:34];

  always_ff @(posedge clk) begin
    in_flight_r <= rst_n ? in_flight + IN_FLIGHT'(valid && ready) : '0;
    if (!rst_n || clear) begin
      cursor_r <= rst_n ? {4{next_cursor}} : '0;
      burst_r  <= '0;
      turn_r   <= '0;
    end else if (valid && ready) begin
      turn_r <= stream + 2'd1;
      burst_r[stream*26+:26] <= is_last[stream] ? '0 : burst_r[stream*26+:26] + 26'd1;
      if (is_last[stream]) cursor_r[stream*16+:16] <= after[stream*16+:16];
    end
  end
endmodule
