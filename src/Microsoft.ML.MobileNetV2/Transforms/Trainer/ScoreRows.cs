using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Is the network's output as a column.</summary>
internal sealed class ScoresRow
{
    [ColumnName(ScoreColumns.Scores)]
    [VectorType]
    public VBuffer<float> Scores { get; set; }
}

/// <summary>Is the best class as a column.</summary>
internal sealed class BestClassRow
{
    [ColumnName(ScoreColumns.Class)]
    public uint Class { get; set; }
}

/// <summary>Is a single score as a column.</summary>
internal sealed class SingleScoreRow
{
    [ColumnName(ScoreColumns.Score)]
    public float Score { get; set; }
}

/// <summary>Is the outcome of a binary classification as columns.</summary>
internal sealed class BinaryScoreRow
{
    [ColumnName(ScoreColumns.Score)]
    public float Score { get; set; }

    [ColumnName(ScoreColumns.Probability)]
    public float Probability { get; set; }

    [ColumnName(ScoreColumns.IsPositive)]
    public bool IsPositive { get; set; }
}
