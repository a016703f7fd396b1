using Microsoft.ML.MobileNetV2.OnnxConversion;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents those parts of a pipeline that some of its columns depend on.</summary>
internal sealed class PipelineSlices
{
    private readonly List<GraphSlice> _before = [];
    private readonly List<GraphSlice> _after = [];

    private PipelineSlices(IReadOnlyList<PipelineStep> steps, IEnumerable<string> columns)
    {
        HashSet<string> needed = [.. columns];
        foreach (PipelineStep step in steps.Reverse())
        {
            string[] computed = [.. needed.Where(step.Adds)];
            needed.ExceptWith(computed);
            HasNetwork |= computed.Length > 0 && step.Network is not null;
            if (computed.Length > 0 && step.Network is null)
            {
                GraphSlice slice = step.Compute(computed);
                (HasNetwork ? _before : _after).Insert(0, slice);
                needed.UnionWith(slice.Inputs.Select(input => input.Name));
            }
        }

        RowColumns = [.. _before.Concat(_after).SelectMany(slice => slice.Inputs).Where(input => needed.Contains(input.Name)).DistinctBy(input => input.Name)];
    }

    /// <summary>Gets the slices of ML.NET's steps before the network, in their order.</summary>
    internal IReadOnlyList<GraphSlice> Before => _before;

    /// <summary>Gets the slices of ML.NET's steps behind the network, in their order.</summary>
    internal IReadOnlyList<GraphSlice> After => _after;

    /// <summary>Gets the columns that the pipeline takes beside the image.</summary>
    internal IReadOnlyList<ValueInfoProto> RowColumns { get; }

    /// <summary>Gets a value indicating whether the columns depend on the network.</summary>
    internal bool HasNetwork { get; }

    /// <exception cref="NotSupportedException">A step that the columns depend on cannot be converted.</exception>
    internal static PipelineSlices Create(IReadOnlyList<PipelineStep> steps, IEnumerable<string> columns) => new(steps, columns);

    /// <summary>Returns null where a step that the columns depend on cannot be converted.</summary>
    internal static PipelineSlices? TryCreate(IReadOnlyList<PipelineStep> steps, IEnumerable<string> columns)
    {
        try
        {
            return new(steps, columns);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }
}
