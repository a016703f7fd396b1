namespace Microsoft.ML.MobileNetV2.Evaluation;

/// <summary>Represents the scores of one label for all images, from the highest down, with what a threshold below each would give.</summary>
internal sealed class LabelRanking
{
    private readonly float[] _scores;
    private readonly bool[] _isTrue;
    private readonly int _support;

    internal LabelRanking(IEnumerable<float> scores, IEnumerable<bool> isTrue)
    {
        _scores = [.. scores];
        _isTrue = [.. isTrue];
        Array.Sort(_scores, _isTrue);
        Array.Reverse(_scores);
        Array.Reverse(_isTrue);
        _support = _isTrue.Count(label => label);
    }

    /// <summary>Returns the area under the steps of precision over recall, without interpolation; NaN where no image has the label.</summary>
    internal double AveragePrecision() => _support == 0
        ? double.NaN
        : Steps().Sum(step => (double)step.Added / _support * step.Correct / step.Predicted);

    /// <summary>Returns the threshold with the highest F1, in the middle between two scores; the lowest where several are as good. Null where no image has the label.</summary>
    internal float? BestThreshold()
    {
        double bestF1 = 0;
        float? best = null;
        foreach ((int predicted, int correct, _) in Steps())
        {
            double f1 = 2.0 * correct / (predicted + _support);
            if (correct > 0 && f1 >= bestF1)
            {
                bestF1 = f1;
                best = ThresholdAfter(predicted);
            }
        }

        return best;
    }

    /// <summary>Returns the lowest threshold at which precision is at least so high; above every score where it never is.</summary>
    internal float LowestThreshold(double precision)
    {
        float best = _scores.Length == 0 ? 0 : MathF.BitIncrement(_scores[0]);
        foreach ((int predicted, int correct, _) in Steps())
        {
            if (correct >= precision * predicted)
            {
                best = ThresholdAfter(predicted);
            }
        }

        return best;
    }

    /// <summary>Returns, for each score that occurs, how many images have it or more, how many of them have the label, and how many of these have just it.</summary>
    private IEnumerable<(int Predicted, int Correct, int Added)> Steps()
    {
        int correct = 0;
        int added = 0;
        for (int i = 0; i < _scores.Length; i++)
        {
            added += _isTrue[i] ? 1 : 0;
            if (i + 1 == _scores.Length || _scores[i + 1] < _scores[i])
            {
                correct += added;
                yield return (i + 1, correct, added);
                added = 0;
            }
        }
    }

    private float ThresholdAfter(int count)
    {
        float last = _scores[count - 1];
        float middle = count == _scores.Length ? last : last - ((last - _scores[count]) / 2);

        // Of two neighboring numbers the middle may be the lower one, which is to stay below.
        return count < _scores.Length && middle <= _scores[count] ? last : middle;
    }
}
