// SPDX-License-Identifier: Apache-2.0
//
// The header and section table of the image, as the first fetch brings them (docs/memory_image.md):
// a burst of 64 bytes at a time, the header first, then two entries in each.
module airnn_directory #(
    parameter int unsigned SECTIONS = 256,
    parameter int unsigned PORTS    = 9     // entries that are looked up at once
) (
    input logic         clk,
    input logic         rst_n,
    input logic         write,
    input logic [511:0] data,

    output logic [2:0]  value_bytes,  // of a weight
    output logic [2:0]  index_bytes,
    output logic [15:0] iterations,
    output logic        overflow,     // more sections than there is room for

    input  logic [15:0] cursor,  // one entry by itself, which decides what is looked up elsewhere
    output logic [3:0]  cursor_kind,
    output logic [15:0] cursor_iteration,

    input  logic [PORTS*16-1:0] at,
    output logic [PORTS*4-1:0]  kind,  // 0: no entry
    output logic [PORTS*8-1:0]  layer,
    output logic [PORTS*16-1:0] iteration,
    output logic [PORTS*34-1:0] address,  // in bursts
    output logic [PORTS*32-1:0] bytes
);
  localparam int unsigned INDEX = $clog2(SECTIONS);
  localparam int unsigned ENTRY = 4 + 8 + 16 + 34 + 32;

  logic [ENTRY-1:0] entries_r[SECTIONS];
  logic [15:0]      count_r;
  logic [15:0]      next_r;  // entry that is written next
  logic             has_header_r;
  logic [2:0]       value_bytes_r, index_bytes_r;
  logic [15:0]      iterations_r;

  assign value_bytes = value_bytes_r;
  assign index_bytes = index_bytes_r;
  assign iterations = iterations_r;
  assign overflow = 32'(count_r) > SECTIONS;

  for (genvar p = 0; p < PORTS; p++) begin : g_ports
    logic [15:0]      index;
    logic             is_there;
    logic [ENTRY-1:0] found;
    assign index = at[p*16+:16];
    assign is_there = index < count_r && 32'(index) < SECTIONS;
    assign found = entries_r[index[INDEX-1:0]];
    assign kind[p*4+:4] = is_there ? found[ENTRY-1-:4] : 4'd0;
    assign layer[p*8+:8] = found[34+32+16+:8];
    assign iteration[p*16+:16] = found[34+32+:16];
    assign address[p*34+:34] = found[32+:34];
    assign bytes[p*32+:32] = found[0+:32];
  end

  logic [ENTRY-1:0] at_cursor;
  assign at_cursor = entries_r[cursor[INDEX-1:0]];
  assign cursor_kind = cursor < count_r && 32'(cursor) < SECTIONS ? at_cursor[ENTRY-1-:4] : 4'd0;
  assign cursor_iteration = at_cursor[34+32+:16];

  logic [2*ENTRY-1:0] read;  // the two entries of the burst
  for (genvar e = 0; e < 2; e++) begin : g_entries
    logic [255:0] raw;
    logic unused_raw;
    assign raw = data[e*256+:256];
    assign unused_raw = &{1'b0, raw};
    // Kinds that the controller does not fetch are no kind at all.
    assign read[e*ENTRY+:ENTRY] = {
      raw[15:4] == '0 ? raw[3:0] : 4'd0, raw[23:16], raw[47:32], raw[64+6+:34], raw[128+:32]
    };
  end

  logic unused;
  assign unused = &{1'b0, data, at_cursor};

  always_ff @(posedge clk) begin
    if (!rst_n) begin
      count_r      <= '0;
      next_r       <= '0;
      has_header_r <= 1'b0;
      value_bytes_r <= '0;
      index_bytes_r <= '0;
      iterations_r <= '0;
    end else if (write && !has_header_r) begin
      has_header_r  <= 1'b1;
      count_r       <= data[24*8+:16];
      value_bytes_r <= data[29*8+:3];
      index_bytes_r <= data[30*8+:3];
      iterations_r  <= data[32*8+:16];
    end else if (write) begin
      next_r <= next_r + 16'd2;
      if (32'(next_r) < SECTIONS) entries_r[next_r[INDEX-1:0]] <= read[0+:ENTRY];
      if (32'(next_r) + 1 < SECTIONS) entries_r[next_r[INDEX-1:0]+1'b1] <= read[ENTRY+:ENTRY];
    end
  end
endmodule
