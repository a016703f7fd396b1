using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Defines what differs between multiclass, multi-label and binary classification and regression.</summary>
internal abstract class PredictionTask
{
    /// <summary>Gets the name under which saved models know the task; a released one never changes.</summary>
    internal abstract string Name { get; }

    /// <summary>Gets how many labels the task predicts for an image.</summary>
    internal virtual LabelMode LabelMode => LabelMode.SingleLabel;

    /// <summary>Returns the head and training that suit the task where the user specifies none.</summary>
    internal abstract HeadTrainerOptions CreateDefaultHead();

    /// <summary>Checks that the user's head is for this task.</summary>
    internal virtual void ValidateHead(HeadTrainerOptions head, OptionsValidator validator)
    {
    }

    /// <summary>Returns the user's head as the task needs it; the user's options stay as they are.</summary>
    internal virtual HeadTrainerOptions Prepare(HeadTrainerOptions head) => head;

    /// <summary>Checks whether a label column is a vector where the task needs one, and only there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    internal void RequireForm(string columnName, bool isVector, object type)
    {
        if (isVector != (LabelMode == LabelMode.MultiLabel))
        {
            throw new ArgumentOutOfRangeException(nameof(columnName), $"Schema mismatch for label column '{columnName}': expected {ExpectedForm}, got {type}. {AdviceOnForm}");
        }
    }

    /// <summary>Gets what a label column has to be.</summary>
    protected abstract string ExpectedForm { get; }

    /// <summary>Gets what to do where the label column is of the other form.</summary>
    protected virtual string AdviceOnForm => "Several labels per image are learned by MulticlassClassification.Trainers.MobileNetV2 with LabelMode.MultiLabel.";

    /// <summary>Returns an estimator that promises the model's columns.</summary>
    internal abstract IEstimator<ITransformer> DescribeOutput(TrainerSettings settings, SchemaShape.Column label);

    /// <summary>Checks a label column as far as that is possible without rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is of a kind that the task does not take.</exception>
    /// <exception cref="InvalidOperationException">The column says more or other than a head can learn.</exception>
    internal abstract void RequireLabels(DataViewSchema.Column labelColumn);

    /// <summary>Returns a buffer for the labels of a cursor; the column was checked.</summary>
    internal abstract LabelBuffer CreateLabels(DataViewRow row, DataViewSchema.Column column);

    /// <summary>Learns from the training labels what there is to predict; the column was checked.</summary>
    internal abstract PredictionTarget CreateTarget(DataViewSchema.Column labelColumn, TrainingRows rows);
}
