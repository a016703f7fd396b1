using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Takes the only score out of its vector.</summary>
[CustomMappingFactoryAttribute(ContractName)]
internal sealed class SingleScoreMapping : CustomMappingFactory<ScoreColumns, SingleScoreMapping.SingleScoreRow>
{
    /// <summary>The name under which saved models know the mapping; it never changes.</summary>
    internal const string ContractName = "Microsoft.ML.MobileNetV2.Single";

    public override Action<ScoreColumns, SingleScoreRow> GetMapping() => (row, output) =>
    {
        VBuffer<float> scores = row.Values;
        output.Score = scores.GetItemOrDefault(0);
    };

    internal sealed class SingleScoreRow
    {
        [ColumnName(ScoreColumns.Score)]
        public float Score { get; set; }
    }
}
