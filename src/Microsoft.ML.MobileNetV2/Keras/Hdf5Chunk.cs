namespace Microsoft.ML.MobileNetV2.Keras;

/// <summary>Represents a chunk in an HDF5 file.</summary>
/// <param name="Address">Where it is in the file.</param>
/// <param name="Length">Its bytes in the file.</param>
/// <param name="SkippedFilters">A bit for each filter that this chunk did not go through.</param>
/// <param name="Start">The place of its first value.</param>
internal readonly record struct Hdf5Chunk(long Address, int Length, int SkippedFilters, int[] Start);
