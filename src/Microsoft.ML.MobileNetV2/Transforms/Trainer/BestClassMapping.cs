using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Finds the class with the highest score; none where scores are missing.</summary>
[CustomMappingFactoryAttribute(ContractName)]
internal sealed class BestClassMapping : CustomMappingFactory<ScoreColumns, BestClassMapping.BestClassRow>
{
    /// <summary>The name under which saved models know the mapping; it never changes.</summary>
    internal const string ContractName = "Microsoft.ML.MobileNetV2.BestClass";

    /// <summary>An index that no class has: it becomes the missing key.</summary>
    private const uint None = uint.MaxValue;

    public override Action<ScoreColumns, BestClassRow> GetMapping() => (row, output) =>
    {
        VBuffer<float> scores = row.Values;
        int best = TensorPrimitives.IndexOfMax(scores.IsDense ? scores.GetValues() : scores.DenseValues().ToArray());
        output.Class = best < 0 || float.IsNaN(scores.GetItemOrDefault(best)) ? None : (uint)best;
    };

    internal sealed class BestClassRow
    {
        [ColumnName(ScoreColumns.Class)]
        public uint Class { get; set; }
    }
}
