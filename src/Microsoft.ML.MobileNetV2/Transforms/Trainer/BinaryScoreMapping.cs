using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Computes score, probability and predicted label from one logit.</summary>
[CustomMappingFactoryAttribute(ContractName)]
internal sealed class BinaryScoreMapping : CustomMappingFactory<ScoreColumns, BinaryScoreMapping.BinaryScoreRow>
{
    /// <summary>The name under which saved models know the mapping; it never changes.</summary>
    internal const string ContractName = "Microsoft.ML.MobileNetV2.Binary";

    public override Action<ScoreColumns, BinaryScoreRow> GetMapping() => (row, output) =>
    {
        VBuffer<float> scores = row.Values;
        output.Score = scores.GetItemOrDefault(0);
        output.Probability = 1 / (1 + MathF.Exp(-output.Score));
        output.IsPositive = output.Score > 0;
    };

    internal sealed class BinaryScoreRow
    {
        [ColumnName(ScoreColumns.Score)]
        public float Score { get; set; }

        [ColumnName(ScoreColumns.Probability)]
        public float Probability { get; set; }

        [ColumnName(ScoreColumns.IsPositive)]
        public bool IsPositive { get; set; }
    }
}
